"""Reads a procedure file and refuses an impossible one, saying where and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from sop import procedure_keys as keys
from sop.procedure import (
    DEPUTY,
    REPORTER,
    Afterwards,
    Effect,
    NotBack,
    Notification,
    Outcome,
    Procedure,
    Reply,
    Rung,
    RungAction,
    Stage,
    Step,
)
from sop.yaml_lines import Node, Problems, Unusable, read_yaml

BUILTIN = Path(__file__).with_name("darurat_kondisi_layanan.yaml")


class ProcedureError(Unusable):
    """The procedure file cannot be followed; one line each, with file, line and place."""


def load_procedure(path: Path = BUILTIN) -> Procedure:
    """Read and check a procedure file.

    Raises: ProcedureError when it cannot be read or followed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProcedureError([f"{path}: berkas prosedur tidak terbaca ({error})"]) from error
    return parse_procedure(text, path.name)


@cache  # reading a procedure takes a tenth of a second, and the same few are read for every event
def parse_procedure(text: str, file: str = "prosedur", *, pinned: bool = False) -> Procedure:
    """Read and check the text of a procedure file; the same text is read only once. Raises: ProcedureError.

    `pinned`: incidents follow it already, so it must go on with whatever their numbers begin with.
    """
    problems = Problems(file)
    root = read_yaml(text, problems)
    if problems.lines:
        raise ProcedureError(problems.lines)
    root.only(*keys.PROCEDURE)
    roles = root.child("pelaksana")
    procedure = Procedure(
        code=root.text("kode"),
        name=root.text("nama"),
        version=root.whole("versi"),
        basis=root.text("dasar"),
        prefix=root.text("awalan"),
        roles=tuple((role, roles.text(role)) for role in roles.items),
        steps=tuple(_step(node) for node in root.children("langkah")),
        outcomes=_outcomes(root.child("hasil")),
        text=text,
        merge_reminders=root.duration("satukan_pengingat") if "satukan_pengingat" in root.items else timedelta(),
        not_back=_not_back(root) if "belum_pulih" in root.items else None,
        directions=root.words("arahan"),
    )
    if not problems.lines:
        _check(procedure, root)
    if not pinned:
        _check_prefix(root)
    if problems.lines:
        raise ProcedureError(problems.lines)
    return procedure


def _step(node: Node) -> Step:
    node.only(*keys.STEP)
    number = node.whole("nomor")
    node.where = f"langkah {number}"
    allowance = node.duration("waktu")
    return Step(
        number=number,
        activity=node.text("kegiatan"),
        short=node.text("singkat", str(node.items.get("kegiatan", ""))),
        roles=node.words("pelaksana"),
        requisites=node.words("kelengkapan"),
        allowance=allowance,
        output=node.text("output"),
        stages=tuple(_stage(child, number, node) for child in node.children("tahap")),
        mails=_notifications(node, "surat"),
    )


def _stage(node: Node, step: int, parent: Node) -> Stage:
    node.only(*keys.STAGE)
    name = node.text("nama")
    if name and not re.fullmatch(keys.NAME, name):
        node.problem(f"nama tahap `{name}` hanya boleh huruf kecil, angka dan garis bawah", "nama")
    node.where = f"langkah {step} tahap {name}"
    replies = node.child("jawaban")
    if not replies.items:
        node.problem("`jawaban` kosong: tahap ini tidak akan pernah selesai", "jawaban")
    parsed = tuple(_reply(word, replies.child(word)) for word in replies.items)
    return Stage(
        name=name,
        label=node.text("sebutan", parent.text("singkat", parent.text("kegiatan"))),
        step=step,
        role=node.text("tunggu"),
        template=node.text("surat"),
        allowance=node.duration("waktu") if "waktu" in node.items else parent.duration("waktu"),
        replies=parsed,
        ladder=_ladder(node, parsed),
        copy_to=node.words("tembusan"),
        attachments=node.words("lampiran"),
        on_start=_notifications(node, "saat_mulai"),
        assigned=node.flag("penugasan"),
    )


def _reply(word: str, node: Node) -> Reply:
    effects = [effect for effect in keys.EFFECTS if effect.value in node.items]
    if len(effects) != 1:
        node.problem(f"jawaban `{word}` harus punya tepat satu dari: {', '.join(Effect)}")
        return Reply(word, Effect.RECORD)
    effect = effects[0]
    node.only(effect.value)
    if effect in (Effect.RECORD, Effect.EXTEND):
        return Reply(word, effect, inform=node.words(effect.value))
    return Reply(word, effect, target=node.text(effect.value))


def _ladder(stage: Node, replies: tuple[Reply, ...]) -> tuple[Rung, ...]:
    rungs = []
    for node in stage.children("tangga"):
        rungs.append(_rung(node, replies))
        if len(rungs) > 1 and rungs[-1].after < rungs[-2].after:
            node.problem("anak tangga harus urut menurut `setelah`")
        if len(rungs) > 1 and rungs[-2].repeat:
            node.problem("hanya anak tangga terakhir yang boleh punya `ulangi`")
    if not rungs:
        stage.problem("`tangga` kosong: bila pejabat diam, surat akan terlupakan", "tangga")
    elif not rungs[-1].repeat and rungs[-1].action is not RungAction.AUTOMATIC:
        stage.problem(
            "anak tangga terakhir harus `otomatis` atau punya `ulangi`, agar tidak ada yang terlupakan", "tangga"
        )
    return tuple(rungs)


def _rung(node: Node, replies: tuple[Reply, ...]) -> Rung:
    actions = [action for action in keys.ACTIONS if action.value in node.items]
    after = node.duration("setelah")
    if len(actions) != 1:
        node.problem(f"harus punya tepat satu dari: {', '.join(RungAction)}")
        return Rung(after, RungAction.REMIND)
    action = actions[0]
    node.only(*(key for key in keys.RUNG if key not in keys.ACTIONS or key == action))
    repeat = node.duration("ulangi") if "ulangi" in node.items else None
    if action is not RungAction.AUTOMATIC:
        return Rung(after, action, to=node.words(action.value), repeat=repeat)
    if repeat:
        node.problem("`otomatis` mengakhiri tahap, jadi tidak dapat diulangi", "ulangi")
    value = node.items[action.value]
    if isinstance(value, dict):
        return Rung(after, action, reply=_reply("otomatis", node.child(action.value)))
    reply = next((reply for reply in replies if reply.decision == value), None)
    if reply is None or reply.effect not in (Effect.ADVANCE, Effect.CLOSE):
        node.problem(f"`otomatis: {value}` harus jawaban tahap ini yang melanjutkan atau menutup", action.value)
    return Rung(after, action, reply=reply)


def _notifications(node: Node, key: str) -> tuple[Notification, ...]:
    found = []
    for child in node.children(key):
        child.only(*keys.NOTIFICATION)
        found.append(Notification(child.text("isi"), child.words("untuk")))
    return tuple(found)


def _outcomes(parent: Node) -> tuple[Outcome, ...]:
    found = []
    for name in parent.items:
        node = parent.child(name)
        node.only(*keys.OUTCOME)
        found.append(Outcome(name, node.text("sebutan"), _notifications(node, "surat"), _afterwards(node)))
    return tuple(found)


def _afterwards(parent: Node) -> tuple[Afterwards, ...]:
    found = []
    for node in parent.children("menyusul"):
        node.only(*keys.AFTERWARDS)
        found.append(Afterwards(node.text("tahap"), node.text("jawaban"), node.text("menjadi")))
    return tuple(found)


def _not_back(root: Node) -> NotBack:
    node = root.child("belum_pulih")
    node.only(*keys.NOT_BACK)
    return NotBack(node.duration("dalam"), node.words("setelah"), node.words("kabari"))


def _check_prefix(root: Node) -> None:
    """By its prefix a number of ours is told from a provider's ticket."""
    prefix = str(root.items.get("awalan", ""))
    if prefix and not re.fullmatch(keys.PREFIX, prefix):
        root.problem(
            f"`awalan: {prefix}` harus 2 sampai 5 huruf kapital (A-Z) tanpa angka, spasi atau tanda baca, misalnya "
            "`awalan: DKL`: nomor insiden dimulai dengannya (DKL-2026-0001)",
            "awalan",
        )


def _check(procedure: Procedure, root: Node) -> None:
    """What no single line can show: names that must exist, a way to the end from every stage."""
    stages = {stage.name: stage for stage in procedure.stages()}
    outcomes = {outcome.name for outcome in procedure.outcomes}
    roles = dict(procedure.roles)
    if not stages:
        root.problem("tidak ada `tahap`: tidak ada yang ditunggu", "langkah")
        return
    if [step.number for step in procedure.steps] != list(range(1, len(procedure.steps) + 1)):
        root.problem("`nomor` langkah harus 1, 2, 3, … berurutan", "langkah")
    if len(stages) != sum(1 for _ in procedure.stages()):
        root.problem("ada dua tahap bernama sama", "langkah")
    for stage in procedure.stages():
        _check_stage(stage, set(roles), set(stages), outcomes, root)
    for mail in (mail for step in procedure.steps for mail in step.mails):
        for role in set(mail.to) - set(roles) - {REPORTER}:
            root.problem(f"surat `{mail.template}`: peran `{role}` tidak ada di `pelaksana`", "langkah")
    if procedure.not_back:
        for name in set(procedure.not_back.outcomes) - outcomes:
            root.problem(f"`setelah`: hasil `{name}` tidak ada di `hasil`", "belum_pulih")
        for role in set(procedure.not_back.inform) - set(roles):
            root.problem(f"`kabari`: peran `{role}` tidak ada di `pelaksana`", "belum_pulih")
    for role in set(procedure.directions) - set(roles):
        root.problem(f"`arahan`: peran `{role}` tidak ada di `pelaksana`", "arahan")
    _check_afterwards(procedure, stages, outcomes, root)
    if not root.problems.lines:
        _check_reachable(procedure, root)


def _check_afterwards(procedure: Procedure, stages: Mapping[str, Stage], outcomes: set[str], root: Node) -> None:
    for outcome in procedure.outcomes:
        for one in outcome.afterwards:
            if one.stage not in stages or stages[one.stage].reply(one.decision) is None:
                where = f"`{one.decision}` bukan jawaban tahap `{one.stage}`"
                root.problem(f"hasil `{outcome.name}`, `menyusul`: {where}", "hasil")
            if one.outcome not in outcomes:
                where = f"hasil `{one.outcome}` tidak ada di `hasil`"
                root.problem(f"hasil `{outcome.name}`, `menyusul`: {where}", "hasil")


def _check_stage(stage: Stage, roles: set[str], stages: set[str], outcomes: set[str], root: Node) -> None:
    place = f"langkah {stage.step} tahap {stage.name}"
    mentioned = {stage.role, *stage.copy_to}
    mentioned |= {role for reply in stage.replies for role in reply.inform}
    mentioned |= {role for mail in stage.on_start for role in mail.to}
    for rung in stage.ladder:
        if rung.action is RungAction.ESCALATE:
            mentioned |= set(rung.to) - {DEPUTY}
        elif rung.action is RungAction.INFORM:
            mentioned |= set(rung.to)
    for role in sorted(mentioned - roles - {REPORTER}):
        root.problem(f"{place}: peran `{role}` tidak ada di `pelaksana`", "langkah")
    if stage.role == REPORTER:
        root.problem(f"{place}: pelapor tidak dapat ditunggu", "langkah")
    for reply in _all_replies(stage):
        known = outcomes if reply.effect is Effect.CLOSE else stages
        if reply.target and reply.target not in known:
            kind = "hasil" if reply.effect is Effect.CLOSE else "tahap"
            root.problem(f"{place}: `{reply.decision}` menuju {kind} `{reply.target}` yang tidak ada", "langkah")


def _all_replies(stage: Stage) -> list[Reply]:
    return [*stage.replies, *(rung.reply for rung in stage.ladder if rung.reply)]


def _check_reachable(procedure: Procedure, root: Node) -> None:
    """From the first stage every stage can be reached, and from every stage an end."""
    leads_to = {
        stage.name: {reply.target for reply in _all_replies(stage) if reply.effect in (Effect.ADVANCE, Effect.RETURN)}
        for stage in procedure.stages()
    }
    closing = {
        stage.name for stage in procedure.stages() if any(reply.effect is Effect.CLOSE for reply in _all_replies(stage))
    }
    reached, frontier = set(), {procedure.first_stage().name}
    while frontier:
        reached |= frontier
        frontier = {target for name in frontier for target in leads_to[name]} - reached
    ending = set(closing)
    while grown := {name for name, targets in leads_to.items() if targets & ending} - ending:
        ending |= grown
    for name in sorted(set(leads_to) - reached):
        root.problem(f"tahap `{name}` tidak pernah dicapai", "langkah")
    for name in sorted(set(leads_to) - ending):
        root.problem(f"dari tahap `{name}` tidak ada jalan ke `hasil`", "langkah")
