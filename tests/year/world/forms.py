"""The forms in which a letter about an outage comes: plain, formal, HTML, a file, sent on, a chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from random import Random

from tests.year.witness import Kind
from tests.year.world.calendar import WIB
from tests.year.world.hands import Told, first_capital, in_words, shortened
from tests.year.world.offices import Office, Style
from tests.year.world.outages import Outage, Since, day_in_words
from tests.year.world.papers import docx_letter, pdf_letter
from tests.year.world.signatures import below
from tests.year.world.written import About, Written

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it has its form. `told.since` says what `since.words` says."""

    office: Office
    now: datetime
    outage: Outage
    told: Told
    since: Since
    style: Style

    def about(self, number: str = "") -> About:
        return About(self.office.name, self.outage.code, self.outage.services, self.since.iso, number)


def _plain(rng: Random, draft: Draft) -> Written:
    words = in_words(rng, draft.style, draft.office, draft.told)
    return _written(rng, draft, words, words + below(rng, draft.office))


def _flat_html(rng: Random, draft: Draft) -> Written:
    words = in_words(rng, draft.style, draft.office, draft.told)
    written = _written(rng, draft, words, words + below(rng, draft.office))
    return replace(written, text="", html=as_html(written.text, rng.random() < 0.5))


def _both(rng: Random, draft: Draft) -> Written:
    written = _plain(rng, draft)
    return replace(written, html=as_html(written.text, outlook=False))


def _list(rng: Random, draft: Draft) -> Written:
    told, office = draft.told, draft.office
    rows = (
        ("Instansi", office.name),
        ("Layanan terganggu", told.what),
        ("Kendala", told.fails),
        ("Mulai", told.since.removeprefix("sejak ")),
        ("Dampak", told.impact),
        ("Narahubung", f"{office.pic} ({office.phone})"),
    )
    sign = rng.choice(("- ", "* ", "", "\u2022 "))
    words = "\n".join(f"{sign}{name}\t: {value}" for name, value in rows if value)
    return _written(rng, draft, words, f"Laporan gangguan:\n\n{words}\n")


def _sites(rng: Random, draft: Draft) -> Written:
    """A table of places, as HTML."""
    told, office = draft.told, draft.office
    places = ("Gedung utama", "UPTD Bukittinggi", "UPTD Payakumbuh", "Kantor cabang Solok")[: 2 + int(rng.random() * 3)]
    start = f"Mohon bantuan, {told.what} kami {told.fails} {told.since}".rstrip()
    rows = "".join(f"<tr><td>{at}</td><td>{place}</td><td>{told.fails}</td></tr>" for at, place in enumerate(places, 1))
    words = f"{start}. Rincian lokasi: {', '.join(places)}."
    written = _written(rng, draft, words, "")
    html = f"<p>{escape(start)}. Rincian lokasi:</p><table border=1><tr><th>No</th><th>Lokasi</th><th>Kondisi</th></tr>{rows}</table>"
    return replace(written, html=html + f"<p>{office.pic}<br>{escape(office.name)}</p>")


def _two_matters(rng: Random, draft: Draft) -> Written:
    """An outage, and something else that is none."""
    written = _plain(rng, draft)
    other = rng.choice(
        (
            "Selain itu, mohon info jadwal pelatihan admin website bulan depan.",
            "Sekalian kami tanyakan perkembangan permohonan subdomain kami yang lalu.",
            "Satu lagi, mohon dibuatkan akun surel untuk dua pegawai baru.",
        )
    )
    words = f"{written.words}\n\n{other}"
    return replace(written, words=words, text=written.text.replace(written.words, words, 1))


def _paper(rng: Random, draft: Draft) -> tuple[str, str]:
    """The text of a formal letter, and its number."""
    office, local = draft.office, draft.now.astimezone(WIB)
    serial = rng.choice((f"{1 + int(rng.random() * 900)}", "      "))
    number = rng.choice(
        (
            f"500.12.3/{serial}/{office.code}-Set/{local.year}",
            f"500.12/{serial}/{office.code}/{ROMAN[local.month - 1]}/{local.year}",
            f"000.8/{serial}/{office.code}/{local.year}",
        )
    )
    hal = rng.choice(("Laporan Gangguan", "Gangguan", "Laporan Kondisi Darurat", "Permohonan Penanganan Gangguan"))
    body = in_words(rng, Style.FORMAL, office, draft.told).replace("Dengan hormat,\n\n", "Dengan hormat, ", 1)
    signed = f"{office.head}\nNIP. {office.head_nip}"
    contact = f"Narahubung: Sdr. {office.pic}, HP {office.phone}.\n\n" if rng.random() < 0.6 else ""
    title = hal + " " + draft.told.what.title()
    text = (
        f"PEMERINTAH PROVINSI SUMATERA BARAT\n{office.name.upper()}\nJl. Sudirman No. {len(office.name)} Padang, Telp. (0751) 70511{len(office.pic)}\n\n"
        f"Padang, {day_in_words(local)}\n\nNomor : {number}\nSifat : {rng.choice(('Segera', 'Sangat Segera', 'Penting', 'Biasa'))}\n"
        f"Lampiran : -\nHal : {title}\n\nYth. Kepala Dinas Komunikasi, Informatika dan Statistik\ndi Padang\n\n{body}\n\n{contact}"
        f"{rng.choice(('Kepala', 'a.n. Kepala', 'Plt. Kepala'))} {office.name},\n\n{signed}\n"
    )
    return text, "" if " " in number else number


def _letter(rng: Random, draft: Draft) -> Written:
    text, number = _paper(rng, draft)
    return _written(rng, draft, text, text, number)


def _memo(rng: Random, draft: Draft) -> Written:
    office, local = draft.office, draft.now.astimezone(WIB)
    number = f"000.8.3/ND-{1 + int(rng.random() * 400)}/{office.code}/{local.year}"
    body = in_words(rng, Style.FORMAL, office, draft.told)
    text = (
        f"NOTA DINAS\n\nKepada : Yth. Kepala Dinas Komunikasi, Informatika dan Statistik\nDari : {office.head}\nTanggal : "
        f"{day_in_words(local)}\nNomor : {number}\nSifat : Segera\nHal : Gangguan {draft.told.what.title()}\n\n{body}\n\n"
        f"{office.title} {office.name},\n\n{office.pic}\nNIP. {office.nip}\n"
    )
    return _written(rng, draft, text, text, number)


def _pdf(rng: Random, draft: Draft) -> Written:
    text, number = _paper(rng, draft)
    return replace(_covered(rng, draft, text, number), attached=(pdf_letter(_file_name(rng, draft, "pdf"), text),))


def _docx(rng: Random, draft: Draft) -> Written:
    text, number = _paper(rng, draft)
    paper = docx_letter(_file_name(rng, draft, "docx"), text.split("\n"))
    return replace(_covered(rng, draft, text, number), attached=(paper,))


def _covered(rng: Random, draft: Draft, text: str, number: str) -> Written:
    cover = rng.choice(
        (
            "Yth. Helpdesk Kominfotik,\n\nTerlampir surat kami. Mohon segera ditindaklanjuti.",
            "Mohon izin mengirimkan surat terlampir. Terima kasih.",
            "terlampir",
            "",
        )
    )
    return replace(_written(rng, draft, text, cover + below(rng, draft.office), number))


def _forwarded(rng: Random, draft: Draft) -> Written:
    words = in_words(rng, draft.style, draft.office, draft.told)
    office, when = draft.office, draft.now.astimezone(WIB)
    head = rng.choice(
        (
            f"---------- Forwarded message ---------\nDari: {office.pic} <{office.short}.umum@surat.example>\nDate: {when:%d/%m/%Y %H.%M}\n"
            f"Subject: mohon dibantu\nTo: <{office.address}>\n\n\n",
            f"-----Pesan Asli-----\nDari: {office.pic}\nDikirim: {when:%d/%m/%Y %H.%M}\nKepada: {office.address}\nSubjek: mohon dibantu\n\n",
        )
    )
    written = _written(
        rng,
        draft,
        words,
        f"{rng.choice(('Mohon bantuannya Pak.', 'FYI', 'Diteruskan, mohon ditangani.'))}\n\n{head}{words}\n",
    )
    return replace(written, subject=f"{rng.choice(('Fwd: ', 'FW: ', 'Tr: '))}{written.subject or 'mohon dibantu'}")


def _chat(rng: Random, draft: Draft) -> Written:
    office, local = draft.office, draft.now.astimezone(WIB)
    style = draft.style if draft.style in (Style.THUMB, Style.EMOJI, Style.MINANG) else Style.THUMB
    words = " ".join(in_words(rng, style, office, draft.told).split())
    stamp = f"[{local.day}/{local.month}/{local:%y} {local:%H.%M}]"
    text = (
        f"Diteruskan dari grup WA:\n\n{stamp} {office.pic} {office.code}: {words}\n{stamp} {office.pic} {office.code}: "
        f"ini dari {office.name}\n{stamp} Admin Grup: coba email ke helpdesk kak\n"
    )
    written = _written(rng, draft, words, text)
    about = draft.about()
    if not about.began_at:  # the message's own time is all a clerk has
        about = replace(about, began_at=local.replace(second=0, microsecond=0).isoformat())
    return replace(written, subject=rng.choice(("Laporan dari grup WA", written.subject)), about=about)


FORMS: tuple[tuple[int, tuple[Callable[[Random, Draft], Written], bool]], ...] = (
    (38, (_plain, False)),
    (8, (_both, False)),
    (8, (_flat_html, False)),
    (5, (_list, False)),
    (3, (_sites, False)),
    (4, (_two_matters, False)),
    (14, (_letter, True)),
    (5, (_memo, True)),
    (7, (_pdf, True)),
    (4, (_docx, True)),
    (5, (_forwarded, False)),
    (6, (_chat, False)),
)
"""The weight of a form, and whether it is written formally whoever writes."""


def _written(rng: Random, draft: Draft, words: str, text: str, number: str = "") -> Written:
    return Written(
        Kind.LETTER,
        _subject(rng, draft),
        words=words,
        text=text,
        name=rng.choice((draft.office.pic, draft.office.name, "")),
        about=draft.about(number),
    )


def _subject(rng: Random, draft: Draft) -> str:
    what, fails = draft.told.what, draft.told.fails
    if draft.style is Style.CAPITALS:
        return f"{what} {fails}".upper()
    if draft.style in (Style.THUMB, Style.DICTATING):
        return rng.choice((shortened(f"{what} {fails}"), "tolong", "", shortened(what)))
    return rng.choice(
        (
            f"Gangguan {what}",
            f"Laporan gangguan {what} {draft.office.name}",
            first_capital(f"{what} {fails}"),
            f"URGENT: {what} {fails}",
            f"Mohon bantuan, {what} {fails}",
            f"[{draft.office.code}] Laporan {what}",
            "Laporan darurat",
        )
    )


def _file_name(rng: Random, draft: Draft, ending: str) -> str:
    return rng.choice(
        (f"Surat Gangguan {draft.office.code}.{ending}", f"scan0001.{ending}", f"Surat—{draft.told.what}.{ending}")
    )


def as_html(text: str, outlook: bool) -> str:
    """As a client makes HTML of it; Outlook's is long."""
    lines = escape(text, quote=False).split("\n")
    if outlook:
        body = "".join(f'<p class="MsoNormal"><span lang="IN">{line or "&nbsp;"}</span></p>\n' for line in lines)
        return f'<html><head><style>p.MsoNormal {{margin:0cm;}}</style></head><body lang="IN">{body}</body></html>'
    return f'<div dir="ltr">{"<br>".join(lines)}</div>'
