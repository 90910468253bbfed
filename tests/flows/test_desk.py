"""The desk with a real Prefect server: mail in, mail out, an oral answer through the Resume form, Prefect going away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from flows.desk import Desk
from flows.knocking import healthy
from flows.prefect_server import PrefectServer, PrefectUnavailable
from flows.prefect_side import PrefectSide
from flows.rest import PrefectApi
from register import faces, journal
from register.faces import Face
from sop.events import Answered
from tests import cast
from tests.reading import InProcess
from tests.town import Town, until


@contextmanager
def desk(place: Town, api: str = "", revive: Callable[[], None] = lambda: None) -> Iterator[Desk]:
    opened = Desk(place.office, api, sweep_seconds=1.0, revive=revive)
    thread = threading.Thread(target=opened.run)
    thread.start()
    try:
        yield opened
    finally:
        opened.stop.set()
        thread.join(30)
        assert not thread.is_alive()


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
    with place.office.database.reading() as tx:
        said = [event.data for event in journal.read_events(tx, "DKL-2026-0001")]
    given = [(one.via, one.text) for one in said if isinstance(one, Answered)]
    assert given == [("lisan, dicatat Admin", "lewat telepon")]


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


def test_a_case_cancelled_in_the_ui_is_drawn_as_waiting_again(place: Town, prefect: PrefectServer) -> None:
    place.to_stage("analisis")
    side = PrefectSide(place.office, prefect.api, lambda: None)
    side.paint()
    run = _run_of(place)
    side.api.post(f"/flow_runs/{run}/set_state", {"state": {"type": "CANCELLED", "name": "Cancelled"}, "force": True})
    place.clock.forward(seconds=16)
    side.paint()
    assert side.api.get(f"/flow_runs/{run}")["state_name"] == "Menunggu Helpdesk"
    side.close()


def test_a_case_file_that_the_server_will_not_draw_stops_only_itself_and_is_told_once(
    place: Town, prefect: PrefectServer, caplog: pytest.LogCaptureFixture
) -> None:
    for serial in (417, 418, 419):
        place.letter(serial)
    place.work()
    side = PrefectSide(place.office, prefect.api, lambda: None)
    refused = place.numbers()[0]
    with place.office.database.writing() as tx:
        faces.mark_drawn(tx, side._painter.face, Face(refused, 0, "bukan-nomor-berkas"))
    assert side.paint() and side.paint(), "a refusal of one case file was taken for a server that is away"
    place.clock.forward(minutes=2)
    assert side.paint()
    with place.office.database.reading() as tx:
        assert faces.behind(tx, side._painter.face) == [refused]
    told = [record for record in caplog.records if refused in record.getMessage() and record.levelname == "ERROR"]
    assert len(told) == 1
    with place.office.database.writing() as tx:
        faces.mark_drawn(tx, side._painter.face, Face(refused))
    place.clock.forward(minutes=2)
    assert side.paint()
    with place.office.database.reading() as tx:
        assert faces.behind(tx, side._painter.face) == [], "what was in trouble is never tried again"
    side.close()


def test_an_oral_report_from_the_form_says_its_number(place: Town, prefect: PrefectServer) -> None:
    with desk(place, prefect.api):
        api = PrefectApi(prefect.api)
        until(lambda: "laporan-lisan" in _deployments(api), "the deployments are registered")
        form = {"saluran": "telepon", "perangkat_daerah": "Dinkes", "uraian": "Internet mati sejak pukul 08.00"}
        path = f"/deployments/{_deployments(api)['laporan-lisan']}/create_flow_run"
        run = api.post(path, {"parameters": form})["id"]
        until(lambda: api.get(f"/flow_runs/{run}")["state_name"] == "Dicatat DKL-2026-0001", "the report is entered")
        api.close()


def test_forms_that_cannot_be_carried_out_say_why_and_a_card_is_corrected_by_form(
    place: Town, prefect: PrefectServer
) -> None:
    place.letter()
    with desk(place, prefect.api):
        api = PrefectApi(prefect.api)
        until(lambda: bool(_run_of(place)), "the letter has its case file")
        until(lambda: "koreksi-kartu" in _deployments(api), "the deployments are registered")
        report = {"saluran": "telepon", "perangkat_daerah": "kesehatan", "uraian": "Internet mati", "surel": "a@b"}
        done = {
            "Tidak dicatat": ("laporan-lisan", report),
            "Tidak dikoreksi": ("koreksi-kartu", {"nomor": "DKL-2026-0001", "pencatat": "Budi", "layanan": "gaib"}),
            "Dikoreksi DKL-2026-0001": (
                "koreksi-kartu",
                {"nomor": "dkl-2026-0001", "pencatat": "Budi", "perangkat_daerah": "Disdik"},
            ),
        }
        said = {}
        for name, (deployment, form) in done.items():
            run = api.post(f"/deployments/{_deployments(api)[deployment]}/create_flow_run", {"parameters": form})["id"]
            until(lambda: api.get(f"/flow_runs/{run}")["state_name"] == name, name)  # noqa: B023
            said[name] = api.get(f"/flow_runs/{run}")["state"]["message"]
        assert "Dinas Peternakan dan Kesehatan Hewan" in said["Tidak dicatat"]
        assert "yang dikenal: jaringan" in said["Tidak dikoreksi"]
        assert place.numbers() == ["DKL-2026-0001"] and place.incident().report.opd == "Dinas Pendidikan"
        case = _run_of(place)
        until(lambda: "Dinas Pendidikan" in api.get(f"/flow_runs/{case}")["name"], "the case file is called so")
        api.close()


def test_a_mail_that_nobody_could_read_is_seen_by_the_admin_and_helpdesk(
    place: Town, prefect: PrefectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_arguments: object, **_more: object) -> object:
        raise RecursionError("racun")

    place.office.readers = InProcess()
    monkeypatch.setattr("handlers.meaning.letter_report.letter_of", breaks)
    with desk(place, prefect.api):
        api = PrefectApi(prefect.api)
        until(lambda: bool(_deployments(api)), "the deployments are registered")
        place.letter()
        until(
            lambda: any("tidak terbaca" in mail.subject for mail in place.inbox(cast.HELPDESK)),
            "Helpdesk gets the original",
        )
        named = {"flow_runs": {"state": {"name": {"any_": ["Ada surat tidak terbaca"]}}}}
        until(lambda: bool(api.post("/flow_runs/filter", named)), "the run says so")
        api.close()


def test_a_server_left_behind_by_a_killed_desk_is_taken_over(prefect: PrefectServer) -> None:
    heir = PrefectServer(prefect.home, prefect.port)
    heir.start()
    assert healthy(heir.api)
    stranger = PrefectServer(prefect.home / "lain", prefect.port)
    with pytest.raises(PrefectUnavailable, match="sudah dipakai"):
        stranger.start()


def _deployments(api: PrefectApi) -> dict[str, str]:
    return {row["name"]: row["id"] for row in api.post("/deployments/filter", {})}


def _run_of(place: Town) -> str:
    if not place.numbers():
        return ""
    with place.office.database.reading() as tx:
        return faces.read_face(tx, faces.at(faces.CASE_FILE, place.office.desk), place.numbers()[0]).ref
