"""All checks of one life of the office."""

from __future__ import annotations

from tests.year.checks.authority import Authority
from tests.year.checks.chain import Chain
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.clocks import Clocks
from tests.year.checks.ends import Ends
from tests.year.checks.incoming import Incoming
from tests.year.checks.meaning import Meaning
from tests.year.checks.outgoing import Outgoing
from tests.year.checks.refusals import Refusals
from tests.year.checks.reminding import Reminding
from tests.year.checks.rows import Rows
from tests.year.checks.steps import Steps
from tests.year.checks.telling import Telling
from tests.year.checks.waits import Waits
from tests.year.witness import Check, Notes, Scene


def every_check(scene: Scene, notes: Notes | None = None) -> list[Check]:
    """The checks, to be asked in this order after every turn: the first reads what is new, the others judge it.

    `notes`: where what is no breach is counted.
    """
    told = Chronicle(scene, notes or Notes(), Rows(scene.engine))
    chain, steps, authority, outgoing = Chain(told), Steps(told), Authority(told), Outgoing(told)
    clocks, reminding, telling = Clocks(told, chain), Reminding(told), Telling(told)
    refusals = Refusals(told)
    told.hearers = [chain, clocks, steps, authority, outgoing, refusals, reminding, telling]
    looking: list[Check] = [Waits(told), Incoming(told), Ends(told), Meaning(told)]
    return [told, chain, steps, authority, outgoing, refusals, clocks, reminding, telling, *looking]
