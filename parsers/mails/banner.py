"""What a gateway writes above a mail: that it comes from outside, that its links and files want care, that it was scanned.

Such a block stands above the author's words, is the same on every mail and speaks to nobody. It is known by its words:
it says where the mail comes from or that it was scanned, and *every* word of it is a gateway's, so that nothing an author
says there is ever cut. A banner in other words stays, and its answer is asked back.
"""

from __future__ import annotations

import re

from parsers.words.word_set import word_set

MOST_LINES, MOST_CHARACTERS = 16, 1500
"""From the top: no banner is longer."""
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u034f]")
_ADDRESS = re.compile(
    r"<?https?://[^\s<>]{1,500}>?|[\w.+-]{1,64}@[\w.-]{1,100}|\b(?:[\w-]{1,60}\.){1,4}(?:id|com|net|org|gov|edu|example)\b",
    re.I,
)
_MARK = re.compile(r"\w{0,20}banner(?:start|end)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?:;]{1,400}")
_TAG = re.compile(r"\s*[\[({<*#!⚠️ ]{1,6}([\w :/-]{2,60})[\])}>*#! ]{1,6}[ \t]*(?=\S|$)")
"""[EKSTERNAL], *** EXTERNAL EMAIL ***: alone on its line, or before the first words."""


_OUTSIDE = word_set("eksternal external outside luar asing unfamiliar unverified untrusted")
_UNKNOWN = re.compile(
    r"\b(?:tidak|belum) (?:di)?kenal|\bunknown sender|\b(?:jarang|tidak sering) (?:menerima|mendapat)|\b(?:often|normally) (?:get|receive)|\bfirst time\b",
    re.IGNORECASE,
)
_SCANNED = word_set("dipindai scanned diperiksa checked")
_FOUND = word_set("aman bersih virus clean safe ancaman threats malware antivirus spam")
_ADVICE = word_set(
    "not don't don’t jangan hindari avoid unless kecuali pastikan ensure hati-hati hati berhati-hati waspada waspadai waspadalah careful cautious "
    "caution warning attention alert peringatan perhatian awas learn pelajari please mohon harap verify verifikasi report laporkan "
    "contact hubungi never be exercise use gunakan"
)
_TAGGED = word_set("eksternal external ext luar outside spam suspected")
_HEADINGS = word_set(
    "caution warning attention alert peringatan perhatian awas important penting notice security keamanan"
)
_OTHERS = word_set(
    "a about account address admin administrator akan akun alamat aman an anda and any appears are as asal at atau atas attachment attachments attention "
    "bagian berikan diberikan someone display name matching display-name bahwa be because been before belum berasal berisi bersih bila bisa bukan buka but by by came can cannot caution clean clicking click comes coming "
    "company confirm contact contain contains content contents credentials dan dalam dapat dari data dengan department di dibuka "
    "dikenal dikenali dikirim dikirimkan dinas dinyatakan do does download dunia e-mail email emails enter entering exercise expected expecting "
    "ext file files for from gateway get getting gunakan harap has hati have he help how identify if important in informasi information ini instansi "
    "institution internal is isi isinya it it's it’s its jarang jaringan jika kami kantor karena kata ke keaslian keamanan kebenaran kecuali kenal kenali know "
    "known lampiran learn legitimate lembaga link links mail mailbox mails may membalas membuka memastikan memberikan meminta memasukkan menerima mengandung mengapa "
    "mengeklik mengenal mengenali mengetahui mengklik mengirim mengirimkan mengunduh message messages might mungkin klik network no normally not of often on open opening "
    "or organisasi organisation organization originated originates our out outbound password pemerintah pengguna pengirim pengirimnya penipuan penting perangkat people perusahaan pesan "
    "phishing please provide provinsi rahasia received receive recognise recognize regarding reply replying responding s safe saja sandi sangat scanned "
    "sebelum security selalu sender sender's sender’s sensitif sensitive sent sering server sistem some source sumber surat-elektronik sure surel "
    "suspicious mencurigakan system tautan telah terhadap tersebut terpercaya that the them they think this through tidak time first to trust trusted unduh unexpected unknown unless unsure "
    "until untuk use user users verified virus viruses was we were when which who whom why with within without yakin yang you your threat threats bebas oleh "
    "antivirus spam ditemukan terdeteksi detected found notice it domain diluar"
)
_KNOWN = _OUTSIDE | _SCANNED | _FOUND | _ADVICE | _TAGGED | _HEADINGS | _OTHERS


def without_banner(text: str) -> str:
    """The text below a gateway's banner; the whole text where there is none, or nothing stands below it."""
    lines = text.split("\n", MOST_LINES)
    looked = below = 0
    while length := _banner_lines(lines[looked:MOST_LINES]):
        looked += length
        if re.search(r"\w", "".join(lines[looked - length : looked])):
            below = looked
    if below:
        below = looked  # the rule below it, too
    rest = lines[below:]
    while rest and not rest[0].strip():
        rest.pop(0)
    if not rest:
        return text
    first = _without_tag(rest[0])
    if not below and first == rest[0]:
        return text
    kept = "\n".join([first, *rest[1:]]).lstrip("\n")
    return kept if re.search(r"\w", kept) else text


def is_tag(said: str) -> bool:
    """Whether words are a gateway's mark and no author's: EKSTERNAL, External Email."""
    words = [word.lower() for word in _WORD.findall(said)]
    return 0 < len(words) <= 6 and set(words) <= _KNOWN and bool(set(words) & _TAGGED)


def without_tags(subject: str) -> str:
    """A subject without the marks in brackets that gateways put into it."""
    return re.sub(r"[\[({*]{1,3}([\w :/?!-]{2,40})[\])}*]{1,3}[ \t]?", lambda m: "" if is_tag(m[1]) else m[0], subject)


def _banner_lines(lines: list[str]) -> int:
    """How many of the first lines are one block of a banner; 0 for none."""
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    end = next((index for index in range(start, len(lines)) if not lines[index].strip()), len(lines))
    for stop in range(end, start, -1):
        if _is_banner(lines[start:stop]):
            return stop
    return 0


def _is_banner(block: list[str]) -> bool:
    if sum(map(len, block)) > MOST_CHARACTERS:
        return False
    text = _MARK.sub(" ", _ADDRESS.sub(" ", _INVISIBLE.sub("", " \n".join(block))))
    if not re.search(r"\w", text):
        return len(block) == 1 and (re.fullmatch(r"[\W_]{3,}", text.strip()) is not None or not text.strip())
    said = [word.lower() for word in _WORD.findall(text)]
    if not set(said) <= _KNOWN:
        return False
    if set(said) <= _HEADINGS or _is_bare_tag(text, said):
        return True
    last = _WORD.findall(block[-1])
    if len(block) > 1 and len(last) < 4 and block[-1].rstrip()[-1:].isalnum():
        return False  # a few words without an end are no rest of a banner's sentence
    if not _tells_origin(text, set(said)):
        return False
    return all(_advises(sentence) for sentence in _SENTENCE.findall(" ".join(text.split())))


def _tells_origin(text: str, said: set[str]) -> bool:
    outside = bool(said & _OUTSIDE) or _UNKNOWN.search(" ".join(text.split())) is not None
    return (outside and len(said) >= 4) or bool(said & _SCANNED and said & _FOUND)


def _advises(sentence: str) -> bool:
    """Whether a sentence tells of the origin, of the scan, or to take care; a fragment of a word or two is none."""
    said = {word.lower() for word in _WORD.findall(sentence)}
    return not said or bool(said & _ADVICE) or _tells_origin(sentence, said | {"", "-", "--"}) or said <= _HEADINGS


def _is_bare_tag(text: str, said: list[str]) -> bool:
    bare = text.strip()
    framed = not bare[0].isalnum() and not bare[-1].isalnum()
    return len(said) <= 6 and bool(set(said) & _TAGGED) and (framed or text.upper() == text)


def _without_tag(line: str) -> str:
    tag = _TAG.match(line[:100])
    return line[tag.end() :] if tag and is_tag(tag[1]) else line
