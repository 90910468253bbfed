"""How mail clients quote the mail that is answered: one line above it, marks or none, wrapped anew, as HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from parsers.mails.html import html_to_text
from parsers.mails.message import Mail

Lines = list[str]


@dataclass(frozen=True)
class Style:
    """Attributes:
    above: what stands between the author's words and the quote, with the fields of `_values`.
    mark: what stands before each quoted line.
    shown: the text of our mail as this client shows it.
    """

    above: str
    mark: str = "> "
    shown: Callable[[Mail], str] = lambda asked: asked.plain


def _rewrapped(width: int) -> Callable[[Mail], str]:
    def shown(asked: Mail) -> str:
        paragraphs = re.split(r"\n\s*\n", asked.plain)
        return "\n\n".join(textwrap.fill(" ".join(one.split()), width) for one in paragraphs)

    return shown


def _joined(asked: Mail) -> str:
    return " ".join(asked.plain.split())


def _as_html_text(asked: Mail) -> str:
    return html_to_text(asked.html)


def _with_targets(asked: Mail) -> str:
    """As Outlook turns HTML into text: the target stands behind the words of each link."""
    linked = re.sub(
        r'<a [^<>]*href="([^"]+)"[^<>]*>([^<>]*)</a>', lambda m: f"{m[2]}&lt;{escape(m[1])}&gt;", asked.html
    )
    return html_to_text(linked)


def _smart(asked: Mail) -> str:
    """Non-breaking blanks, curved quotation marks, long dashes, tabs for wide gaps."""
    text = re.sub(r" {2,}", "\t", asked.plain).replace('"', "\u201d").replace("'", "\u2019")
    return text.replace(" - ", " \u2013 ").replace(" pukul ", "\u00a0pukul\u00a0")


def _indented(asked: Mail) -> str:
    return "\n".join(f"    {line}" for line in asked.plain.split("\n"))


_HEADER = "{f}: {name} <{addr}>\n{d}: Senin, 23 November 2026 09.02\n{t}: {to}\n{s}: {subject}\n"


def _header(sender: str, date: str, to: str, subject: str, *, bold: bool = False) -> str:
    fields = (
        f"{sender}: {{name}} <{{addr}}>",
        f"{date}: Senin, 23 November 2026 09.02",
        f"{to}: {{to}}",
        f"{subject}: {{subject}}",
    )
    return "\n".join(re.sub(r"^([^:]+:)", r"*\1*", one) if bold else one for one in fields) + "\n\n"


STYLES: Mapping[str, Style] = {
    "gmail id": Style("Pada Sen, 23 Nov 2026 pukul 09.02 {name} <{addr}>\nmenulis:\n\n"),
    "gmail id, long name": Style("Pada Sen, 23 Nov 2026 pukul 09.02 {name} <\n{addr}> menulis:\n\n"),
    "gmail id, its own name": Style("Pada Sen, 23 Nov 2026 pukul 09.02 Posko Darurat <{addr}> menulis:\n\n"),
    "gmail app id": Style("Pada Sen, 23 Nov 2026, 09.02, {name} <{addr}> menulis:\n\n"),
    "gmail en": Style("On Mon, Nov 23, 2026 at 9:02\u202fAM {name} <{addr}>\nwrote:\n\n"),
    "gmail app en": Style("On Mon, 23 Nov 2026, 09:02 {name}, <{addr}> wrote:\n\n"),
    "spark": Style("On 23 Nov 2026 at 9:02 AM +0700, {name} <{addr}>, wrote:\n"),
    "outlook id": Style(_header("Dari", "Dikirim", "Kepada", "Subjek"), ""),
    "outlook en": Style(_header("From", "Sent", "To", "Subject"), "", _with_targets),
    "outlook phone id": Style(
        "________________________________\n" + _header("Dari", "Dikirim", "Kepada", "Subjek"), "", _with_targets
    ),
    "outlook web en": Style(
        "\n________________________________\n" + _header("From", "Sent", "To", "Subject", bold=True), "", _as_html_text
    ),
    "outlook de": Style(_header("Von", "Gesendet", "An", "Betreff"), ""),
    "outlook nl": Style(_header("Van", "Verzonden", "Aan", "Onderwerp"), ""),
    "outlook ms": Style(_header("Daripada", "Dihantar", "Kepada", "Subjek"), ""),
    "outlook zh": Style(
        "发件人: {name} <{addr}>\n发送时间: 2026年11月23日 9:02\n收件人: {to}\n主题: {subject}\n\n", ""
    ),
    "outlook in a tongue nobody listed": Style(_header("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"), ""),
    "outlook old id": Style("-----Pesan Asli-----\n" + _header("Dari", "Dikirim", "Kepada", "Perihal"), ""),
    "apple id": Style("> Pada 23 Nov 2026, pukul 09.02, {name} <{addr}> menulis:\n> \n"),
    "apple mail id": Style("\nPada 23 Nov 2026, pukul 09.02, {name} <{addr}> menulis:\n\n"),
    "apple en": Style("> On 23 Nov 2026, at 9:02 AM, {name} <{addr}> wrote:\n> \n"),
    "yahoo id": Style("Pada Senin, 23 November 2026 09.02.12 WIB, {name} <{addr}> menulis:\n\n", "", _rewrapped(998)),
    "yahoo en": Style(
        " On Monday, November 23, 2026 at 09:02:12 AM GMT+7, {name} <{addr}> wrote:\n \n ", "", _as_html_text
    ),
    "zimbra id": Style("----- Pesan Asli -----\n" + _header("Dari", "Kepada", "Terkirim", "Perihal"), ""),
    "zimbra en": Style(
        'From: "{name}" <{addr}>\nTo: "{to}" <kabid@contoh.example>\nSent: Monday, November 23, 2026 9:02:12 AM\nSubject: {subject}\n\n',
        "",
    ),
    "roundcube id": Style("Pada 2026-11-23 09:02, {name} menulis:\n"),
    "roundcube en": Style("On 2026-11-23 09:02, {name} wrote:\n"),
    "thunderbird id": Style("Pada 23/11/2026 09.02, {name} menulis:\n"),
    "thunderbird en": Style("On 11/23/26 09:02, {name} wrote:\n", "> ", _rewrapped(70)),
    "samsung id": Style(
        "-------- Pesan asli --------\nDari: {name} <{addr}>\nTanggal: 23/11/26 09.02 (GMT+07:00)\nKe: {to}\nSubjek: {subject}\n\n",
        "",
    ),
    "samsung en": Style(
        "-------- Original message --------\nFrom: {name} <{addr}>\nDate: 23/11/26 09:02 (GMT+07:00)\nTo: {to}\nSubject: {subject}\n\n",
        "",
        _as_html_text,
    ),
    "xiaomi": Style('"{name}" <{addr}> 于2026年11月23日周一 09:02写道：\n\n', ""),
    "xiaomi block": Style(
        "---- 回复的原邮件 ----\n发件人: {name} <{addr}>\n日期: 2026年11月23日 09:02\n收件人: {to}\n主题: {subject}\n\n",
        "",
    ),
    "zoho id": Style("\n---- Pada Sen, 23 Nov 2026 09:02:00 +0700 {name} <{addr}> menulis ---\n\n", ""),
    "zoho en": Style("\n---- On Mon, 23 Nov 2026 09:02:00 +0700 {name} <{addr}> wrote ----\n\n", "", _as_html_text),
    "groupwise": Style('>>> "{name}" <{addr}> 23/11/2026 09:02 >>>\n', ""),
    "wps, qq": Style(
        '------------------ Original ------------------\nFrom: "{name}" <{addr}>;\nDate: Mon, Nov 23, 2026 09:02 AM\nTo: "{to}"<kabid@contoh.example>;\nSubject: {subject}\n\n',
        "",
        _as_html_text,
    ),
    "qq zh": Style(
        '------------------ 原始邮件 ------------------\n发件人: "{name}" <{addr}>;\n发送时间: 2026年11月23日(星期一) 上午9:02\n收件人: "{to}"<kabid@contoh.example>;\n主题: {subject}\n\n',
        "",
    ),
    "alpine": Style("On Mon, 23 Nov 2026, {name} wrote:\n\n", "> ", _as_html_text),
    "alpine, long name": Style("On Mon, 23 Nov 2026,\n{name} wrote:\n\n"),
    "s-nail": Style('"{name}" <{addr}> wrote:\n\n', ">"),
    "evolution": Style("On Mon, 2026-11-23 at 09:02 +0700, {name_1}\n{name_2} wrote:\n"),
    "mutt": Style("On Mon, Nov 23, 2026 at 09:02:00AM +0700, {name} wrote:\n"),
    "claws mail": Style("On Mon, 23 Nov 2026 09:02:00 +0700\n{name} <{addr}> wrote:\n\n"),
    "sylpheed": Style('On Mon, 23 Nov 2026 09:02:00 +0700\n"{name}" <{addr}> wrote:\n\n'),
    "k-9": Style("Pada 23 November 2026 09.02.00 WIB, {name} <{addr}> menulis:\n"),
    "k-9 without a date": Style("{name} <{addr}> schrieb:\n\n", ">"),
    "lotus notes": Style(
        "-----{name} <{addr}> wrote: -----\nTo: {to}\nFrom: {name} <{addr}>\nDate: 23/11/2026 09:02\nSubject: {subject}\n\n",
        "",
    ),
    "horde": Style("Quoting {name} <{addr}>:\n\n"),
    "squirrelmail": Style("On Mon, November 23, 2026 9:02 am, {name} wrote:\n"),
    "le courrier": Style("Le lun. 23 nov. 2026 à 09:02, {name} <{addr}> a écrit :\n\n"),
    "with bars": Style("Pada 23/11/2026 09.02, {name} menulis:\n", "| "),
    "with indentation": Style("Pada 23/11/2026 09.02, {name} menulis:\n", "", _indented),
    "with a wrapped name": Style("Pada Sen, 23 Nov 2026 pukul 09.02 {name_1}\n{name_2} <{addr}> menulis:\n\n"),
    "flowed at 72": Style("On 11/23/26 09:02, {name} wrote:\n", "> ", _rewrapped(72)),
    "wrapped at 78": Style("On 11/23/26 09:02, {name} wrote:\n", "> ", _rewrapped(78)),
    "all in one line": Style("Pada Sen, 23 Nov 2026 pukul 09.02 {name} <{addr}> menulis: ", "", _joined),
    "smart quotes and tabs": Style("Pada Sen, 23 Nov 2026 pukul 09.02 {name} <{addr}> menulis:\n\n", "", _smart),
    "no attribution, marks": Style(""),
    "nothing at all": Style("\n", ""),
    "nothing at all, from HTML": Style("\n", "", _as_html_text),
}


def above(style: Style, asked: Mail) -> str:
    half = len(asked.sender_name) // 2
    cut = asked.sender_name.rfind(" ", 0, half + 1)
    return style.above.format(
        name=asked.sender_name,
        name_1=asked.sender_name[:cut],
        name_2=asked.sender_name[cut + 1 :],
        addr=asked.sender,
        to="Yuliandri Putra <kabid@contoh.example>",
        subject=asked.subject,
    )


def quoted(style: Style, asked: Mail) -> Lines:
    return [f"{style.mark}{line}".rstrip() if style.mark else line for line in style.shown(asked).split("\n")]


def reply(style: Style, asked: Mail, answer: str, *, gap: str = "\n\n") -> str:
    """The answer above the quote; `gap` between it and the attribution."""
    return f"{answer}{gap}{above(style, asked)}" + "\n".join(quoted(style, asked))


def reply_below(style: Style, asked: Mail, answer: str) -> str:
    return above(style, asked) + "\n".join(quoted(style, asked)) + f"\n\n{answer}\n"


def reply_between(style: Style, asked: Mail, answer: str) -> str:
    """The answer in the middle of the quote."""
    lines = quoted(style, asked)
    middle = next((at for at in range(len(lines) // 3, len(lines)) if not lines[at].strip("> |\t")), len(lines) // 2)
    return above(style, asked) + "\n".join([*lines[:middle], "", answer, "", *lines[middle:]])
