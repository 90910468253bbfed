"""The line above a quote in which a mail client says who wrote what follows, and when; in whichever language.

It holds a date, a name, an address, a verb of writing, and nothing else. Whatever has other words is its author's: a
condition with an hour in it looks much the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from parsers.words.word_set import word_set

_DAYS = (
    "senin selasa rabu kamis jumat jum at sabtu minggu ahad sen sel rab kam jum sab min isnin khamis jumaat ahad "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim "
    "lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom lunedì martedì mercoledì giovedì venerdì "
    "sabato domenica gio segunda terça quarta quinta sexta feira понедельник вторник среда четверг пятница суббота воскресенье"
)
_MONTHS = (
    "januari februari maret april mei juni juli agustus september oktober november desember jan feb mar apr jun jul agu "
    "ags agt sep sept okt nov des january february march may june july august october december aug oct dec mac ogos "
    "disember januar februar märz mai dezember dez maart augustus mrt janvier février mars avril juin juillet août "
    "septembre octobre novembre décembre janv févr avr juil déc enero febrero marzo mayo junio julio agosto septiembre "
    "octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro "
    "fevereiro março maio junho julho setembro outubro novembro dezembro stycznia lutego października "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря серп окт"
)
_OPENERS = "pada on at in am le op om el il em den dnia tanggal tgl vào 在 於 于"
_BETWEEN = (
    "pukul jam pkl wib wita wit gmt utc am pm a p m à á a las le um uhr kl klo om at the of o godz ora alle às de del em "
    "nachm vorm г р в hari via through melalui untuk st nd rd th dan and ce cet est edt pst pdt standard time waktu "
    "indonesia barat upd 上午 下午 星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日"
)
_VERBS = (
    "menulis tulis wrote writes write schrieb schreef geschreven heeft het volgende écrit escribió scritto ha escreveu "
    "skrev napisał napisała napsal написал пишет пише пользователь you wrote yazdı quoting zitat citando mengutip 写道 寫道 写了 kirjoitti írta"
)
_NEVER = word_set("saya kami kita aku gue i we")
"""Who writes of themselves is no mail client."""
_WRITING = word_set(_VERBS) - {"heeft", "het", "volgende", "ha", "you", "пользователь"}
_OPENING = word_set(_OPENERS)
_TIME = word_set(f"{_DAYS} {_MONTHS} {_BETWEEN} {_OPENERS}")
_KNOWN = _TIME | word_set(_VERBS)
_TOKEN = re.compile(
    r"(?P<address><[^<>\n]{0,200}@[^<>\n]{0,300}>|\[mailto:[^\[\]\n]{1,200}\]|\([^()\s]{1,100}@[^()\s]{1,150}\)|[\w.+-]{1,100}@[\w.-]{1,150})"
    r'|(?P<name>"[^"\n]{1,120}"(?=\s*(?:[<\[(]|$)))|(?P<word>[^\W_]+)'
)
_MONTH = "|".join(sorted(_MONTHS.split(), key=len, reverse=True))
_DATE = re.compile(
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|\d{4}年\d{1,2}月\d{1,2}日|"
    r"\b\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.? (?:de |г\. )?(?:19|20)\d\d\b|\b[^\W\d_]{3,12} \d{1,2},? (?:19|20)\d\d\b|"
    rf"\b\d{{1,2}}\.? (?:{_MONTH})\b|\b(?:{_MONTH}) \d{{1,2}}\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:[:：]|(?<=\S\s)-{2,}|>>>)[\s*_]*$")
_OPENS_INSIDE = re.compile(r"(?<=\s)(?:On|Pada|Am|Le|Op|El|Il|Em|Den|Dnia|W dniu)\s(?=\S)")
_CALLED = re.compile(r"^[^\w\n]{0,6}[A-Z][a-z]{1,30}\.?(?:,? (?:[A-Z][\w.]{0,30}|dan|via|di|&)){0,8},?\s?[<\[(]")
"""Somebody's name and nothing else in front of an address."""
_WROTE = re.compile(r"\b(?:menulis|wrote|schrieb|schreef|写道)\s?[:：](?=\s*\S)")
_TITLED = re.compile(r"[A-Z][a-z]{1,30}$")
_ZONE = re.compile(r"[+-]\d{4}\)?$|\b(?:GMT|UTC|WIB|WITA|WIT)(?:[+-]\d{1,2}(?::?\d\d)?)?\)?$")
_LONGEST = 500
_WIDTH = 60
"""Characters from which a client breaks a line."""
_LINES = 4
_NAME = 12
"""Words of a name, with office and province."""


def attribution_lines(lines: Sequence[str], end: int, names: Collection[str] = (), *, sure: bool = True) -> int:
    """How many lines directly above `end` are one attribution; 0 if none is.

    `names`: what the quoted mail's author and its readers are called. `sure`: a quote does follow. The fewest lines that
    make one are it: what stands above them is the author's, be it a date or an hour.
    """
    if not _ENDS.search(lines[end - 1][-60:] if 0 < end <= len(lines) else ""):
        return 0
    known = words_of_names(names)
    for count in range(1, _LINES + 1):
        joined = _joined(lines, end, count)
        if joined is None:
            return 0
        if is_attribution(joined, known, sure=sure, goes_on=count == 1 or _goes_on(lines[end - count], known)):
            return count + (0 if _DATE.search(joined) else _date_above(lines, end - count, known))
    return 0


def opens_line(line: str) -> bool:
    """Whether a line begins with an attribution and goes on with the quote."""
    wrote = _WROTE.search(line[:_LONGEST])
    return wrote is not None and "@" in line[: wrote.end()] and is_attribution(line[: wrote.end()], sure=False)


def split_attribution(text: str, names: Collection[str] = ()) -> int:
    """Where an attribution begins behind other words of the same line; 0 if none does."""
    if not _ENDS.search(text[-40:]) or len(text) < 20 or is_attribution(text[-_LONGEST:], words_of_names(names)):
        return 0
    offset = max(len(text) - _LONGEST, 0)
    begins = [offset + match.start() for match in _OPENS_INSIDE.finditer(text[offset:])]
    known = words_of_names(names)
    said_before = (at for at in begins[-6:] if any(map(str.isalnum, text[:at])))
    return next((at for at in said_before if _DATE.search(text[at:]) and is_attribution(text[at:], known)), 0)


def _joined(lines: Sequence[str], end: int, count: int) -> str | None:
    here = lines[max(end - count, 0) : end]
    if len(here) < count or not here[0].strip() or sum(map(len, here)) > _LONGEST:
        return None
    return " ".join([here[0].strip(), *(line.strip(" \t>*") for line in here[1:])])


def _goes_on(line: str, known: Collection[str]) -> bool:
    """Whether a client broke its line here: in a list, in an address, behind a zone, a name, or at its width."""
    bare = line.rstrip()
    if bare.endswith((",", "<", ">", '"')) or _ZONE.search(bare) or len(bare) >= _WIDTH:
        return True
    return any(word in known for word in _words(bare))


def _date_above(lines: Sequence[str], end: int, known: Collection[str]) -> int:
    """Lines that hold nothing but the date and the beginning of the name: "On Fri, 27 Nov 2026,"."""
    for count in (1, 2):
        joined = _joined(lines, end, count)
        if joined is None:
            return 0
        words = _words(joined)
        dated = bool(words) and words[0] in _OPENING and _DATE.search(joined) is not None
        if dated and _is_name(_others(_words(joined, cased=True), known)) and _goes_on(lines[end - count], known):
            return count
    return 0


def is_attribution(text: str, known: Collection[str] = (), *, sure: bool = True, goes_on: bool = True) -> bool:
    """Whether the whole of `text` is an attribution. `known`: words of the names, lower case. `goes_on`: if it was
    broken into lines, it looks as if a client had done it.
    """
    if not _ENDS.search(text) or text.count("<") != text.count(">") - 6 * text.strip().startswith(">>>"):
        return False
    tokens = [(match.lastgroup or "", match[0].lower()) for match in _TOKEN.finditer(text.strip(" \t>*_-"))]
    words = [word for kind, word in tokens if kind == "word"]
    if not tokens or _NEVER & set(words):
        return False
    writes = bool(_WRITING & set(words)) or any(word.endswith(("写道", "寫道", "写道")) for word in words)
    addressed = any(kind == "address" for kind, _ in tokens)
    dated = _DATE.search(text) is not None
    if not _others(words, known):
        named = addressed or any(kind == "name" for kind, _ in tokens) or any(word in known for word in words)
        return (writes and (named or (dated and "you" in words))) or (addressed and (dated or sure))
    if writes and addressed and sure and goes_on and _CALLED.match(text):
        return not _others(_behind_address(tokens), known)
    if not dated or not goes_on or not (writes or addressed):
        return False
    return _is_date_first(tokens, sure=sure) or _is_name_first(tokens, known)


def _is_date_first(tokens: Sequence[tuple[str, str]], *, sure: bool) -> bool:
    """[On] date, hour, name [address] [wrote]: the only words nobody can know are those of the name."""
    at = 0
    if tokens[0][0] == "word" and not _is_time(tokens[0][1]):
        if not sure:
            return False
        at = 1  # a tongue whose "on" is not listed
    begun = at
    while at < len(tokens) and tokens[at][0] == "word" and _is_time(tokens[at][1]):
        at += 1
    dated = at - begun >= 2 and any(word[0].isdigit() for _, word in tokens[begun:at])
    behind = tokens[at:]
    address = next((number for number, (kind, _) in enumerate(behind) if kind == "address"), -1)
    if address >= 0:
        return dated and address <= _NAME and len(behind) - address <= 6
    stop = next((number for number, (_, word) in enumerate(behind) if word in _WRITING), len(behind))
    if not sure and begun:
        return False
    return dated and stop <= _NAME and len(behind) - stop <= 3 and stop < len(behind)


def _is_name_first(tokens: Sequence[tuple[str, str]], known: Collection[str]) -> bool:
    """Name, address, then only what an attribution holds."""
    address = next((number for number, (kind, _) in enumerate(tokens) if kind == "address"), -1)
    if address < 0 or address > 6:
        return False
    before = [word for kind, word in tokens[:address] if kind == "word"]
    return not _others(_behind_address(tokens), known) and (not _others(before, known) or not known)


def _behind_address(tokens: Sequence[tuple[str, str]]) -> list[str]:
    address = next(number for number, (kind, _) in enumerate(tokens) if kind == "address")
    return [word for kind, word in tokens[address:] if kind == "word"]


def _others(words: Sequence[str], known: Collection[str]) -> list[str]:
    return [word for word in words if not (_is_time(low := word.lower()) or low in _KNOWN or low in known)]


def _is_time(word: str) -> bool:
    return word in _TIME or any(sign.isdigit() for sign in word)


def _is_name(words: Sequence[str]) -> bool:
    """Whether words that nobody knows are those of a name; true of none."""
    return all(_TITLED.match(word) for word in words)


def _words(text: str, *, cased: bool = False) -> list[str]:
    found = [match[0] for match in _TOKEN.finditer(text) if match.lastgroup == "word"]
    return found if cased else [word.lower() for word in found]


def words_of_names(names: Collection[str]) -> frozenset[str]:
    return frozenset(word.lower() for name in names for word in re.findall(r"[^\W_]+", name))
