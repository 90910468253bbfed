"""The desk with a real Prefect server: mail in, mail out, an oral answer through the Resume form, Prefect going away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.desk import Desk
from flows.prefect_server import PrefectServer
from flows.rest import PrefectApi
from register import faces
from siaga.demo import cast
from tests.town import Town

PATIENCE = 60.0


@contextmanager
def desk(place: Town, api: str) -> Iterator[Desk]:
    opened = Desk(place.office, api, sweep_seconds=1.0)
    thread = threading.Thread(target=opened.run)
    thread.start()
    try:
        yield opened
    finally:
        opened.stop.set()
        thread.join(30)
        assert not thread.is_alive()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something another thread does; the limit only ends a test that would hang."""
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, f"did not happen: {what}"
        time.sleep(0.1)


def stage(place: Town) -> str:
    current = place.incident().current
    return current.stage if current else ""


def test_a_desk_answers_mail_and_draws_the_case_file(place: Town, prefect: PrefectServer) -> None:
    with desk(place, prefect.api):
        place.letter()
        until(lambda: any("Mohon analisis" in m.subject for m in place.inbox(cast.HELPDESK)), "Helpdesk is asked")
        until(lambda: bool(_run_of(place)), "the case file is drawn")
        place.reply(cast.HELPDESK, "Mohon analisis", "YA")
        until(lambda: stage(place) == "penerusan_analisis", "the answer counts")
        api = PrefectApi(prefect.api)
        until(
            lambda: api.get(f"/flow_runs/{_run_of(place)}")["state_name"] == "Menunggu Koordinator Helpdesk",
            "repainted",
        )
        api.close()


def test_an_admin_records_an_oral_answer_in_the_form(place: Town, prefect: PrefectServer) -> None:
    with desk(place, prefect.api):
        place.letter()
        until(lambda: bool(_run_of(place)), "the case file is drawn")
        api = PrefectApi(prefect.api)
        answer = {
            "jawaban": "ya",
            "pejabat": "Dedi Kurniadi, A.Md. (helpdesk)",
            "catatan": "lewat telepon",
            "pencatat": "Admin",
        }
        assert api.post(f"/flow_runs/{_run_of(place)}/resume", {"run_input": answer})["status"] == "ACCEPT"
        until(lambda: stage(place) == "penerusan_analisis", "the oral answer counts")
        until(
            lambda: api.get(f"/flow_runs/{_run_of(place)}")["state_name"] == "Menunggu Koordinator Helpdesk",
            "waiting again",
        )
        api.close()
    given = place.incident().visits[0].answer
    assert given is not None and (given.via, given.text) == ("lisan, dicatat Admin", "lewat telepon")


def test_mail_goes_on_when_prefect_is_away(place: Town) -> None:
    with desk(place, "http://127.0.0.1:1/api"):
        place.letter()
        until(lambda: any("Mohon analisis" in m.subject for m in place.inbox(cast.HELPDESK)), "Helpdesk is asked")
        place.reply(cast.HELPDESK, "Mohon analisis", "YA")
        until(lambda: stage(place) == "penerusan_analisis", "the answer counts")


def test_case_files_catch_up_when_prefect_comes_back(place: Town, prefect: PrefectServer) -> None:
    with desk(place, ""):
        place.letter()
        until(lambda: stage(place) == "analisis", "the letter is read")
    with desk(place, prefect.api):
        until(lambda: bool(_run_of(place)), "the case file is drawn")


def _run_of(place: Town) -> str:
    if not place.numbers():
        return ""
    with place.office.database.reading() as tx:
        return faces.read_face(tx, faces.CASE_FILE, place.numbers()[0]).ref
