"""A decision that one clause of an answer states outright, wherever it stands: "Setelah kami cek, ini tidak termasuk darurat."

Only what consists of known words alone is a statement. Whether the other clauses speak against it is for
`accounted.py` to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.replies.accounted import REFUSES, clauses, is_own
from parsers.replies.answer_clauses import bare_words
from parsers.replies.hesitation import doubt
from parsers.replies.plain_yes import is_about_reading, made_of_yes
from parsers.replies.polarity import TITLE, orders_work

_PARTS = re.compile(
    r"\s(?=(?:mohon|tolong|silakan|segera|jadi (?=ini|itu|kami|kondisi|hal|kejadian|darurat)|maka|artinya|berarti|agar|supaya|harap)\b|(?:kami|saya) (?:sepakat|nyatakan|menyatakan|simpulkan|menyimpulkan|putuskan|memutuskan|nilai|menilai|sampaikan|berpendapat|tetapkan|menetapkan)\b)|^\W*(?:jadi|maka|artinya|berarti)\b\s*|\(|\)"
)
_EMERGENCY = re.compile(r"\b(?:darurat|emergency)\b")
_SENT_OUT = re.compile(
    r"^\W*(?:mohon |tolong |harap |agar |koordinator |segera |silakan |pak \w+ )*(?:tim(?: teknis)?(?: \w+){0,2}|teknisi|petugas|personel) (?:agar |mohon |tolong |harap |untuk )*(?:segera |sekarang |langsung )(?:ke lokasi|berangkat|meluncur|turun|bergerak)"
    r"(?: (?:ke|dan) .*)?$"
)
_JUST_DO = re.compile(
    r"^\W*(?:(?:ya|ok|oke|silakan|segera|tolong|mohon|langsung|saja)\W+)*(?:di)?(?:kerjakan|tangani|laksanakan|tindak ?lanjuti|lanjutkan|teruskan|eksekusi)(?:\W+(?:saja|segera|sekarang|pak|bu|langsung|secepatnya|hari ini))*\W*$"
)
_BARE_YES = re.compile(r"^\W*(?:ya+|iya+|iyo+)(?:\W+(?:pak|bu|bapak|ibu|benar|betul))*\W*$")
_SAID = re.compile(
    r"\b(?:darurat|emergency)\b(?:\W+(?:pak|bu|bapak|ibu|sekali|banget|berat|total|tingkat \w+|ini|itu|kok|lah|mah|layanan|bos|bg|kabid|koordinator|juga))*(?=\W*$|\W+(?:karena|sebab|mengingat|dan|sehingga|sesuai|menurut sop|pada|atas|di|berdasarkan|poin|pasal|tingkat|level)\b)"
)
_NAMES = re.compile(
    r"(?<!memenuhi )(?<!sesuai )(?<!masuk )(?<!termasuk )\b(?:laporan|analisis|analisa|surat|sop|prosedur|kriteria|tim|nomor|kontak|tombol|rapat|posko|genset|lampu|pintu|dana|siaga|tanggap|layanan|penanganan|disposisi)"
    r" (?:darurat|emergency)\b"
)
"""An emergency as part of a name ("SOP darurat") states none."""
_SUBJECT = re.compile(
    r"\b(?:laporan|surel|surat|kejadian|insiden|gangguan|permohonan|peristiwa|hal)(?:nya)?(?: (?:dimaksud|tersebut|ini|dari \w+|di atas|yang dilaporkan))*(?= (?:adalah|merupakan|termasuk|tergolong|masuk|dinyatakan|kami nyatakan|memang|benar))|"
    r"\b(?:menilai|menyimpulkan|memutuskan|menetapkan|tetapkan|berpendapat|nilai|berdasarkan|dari|melaporkan|(?<=kami )pastikan|(?<=saya )pastikan)\b"
)
"""What the statement is about, and that it is one."""
_AGREES = re.compile(
    r"\b(?:setuju|disetujui|acc|approved?|agreed?|laksanakan|lanju(?:t|ik)kan)\b|\b(?:saya|kami) (?:setujui|izinkan)\b"
)
_ANSWERED = re.compile(
    r"^\W*(?:jadi )?(?:(?:kami|saya) (?:putuskan|nyatakan|jawab)|(?:jawaban|keputusan|hasil)nya|(?:jawaban|keputusan|balasan|hasil analisis)(?: dari)? (?:saya|kami|helpdesk)(?: adalah| yaitu| ialah)?)\W+(ya|tidak)\W*$"
)
_TO = r"(?:\s+(?:ke|kepada)\s+(?:(?:pak|bu|bapak|ibu)\s+)?(?:kadis|kabid|koordinator|sekdis|sekretaris|kepala dinas|kepala bidang|pimpinan|beliau|opd|pelapor)(?:\s+\w+)?)?"
_BEFORE = r"^\W*(?:(?:ok|oke|baik|ya|siap|silakan|mohon|tolong|segera|langsung|harap|saya|kami|setuju|sudah|telah|bisa|dapat|untuk|lanjut|pak|bu|laporan|laporannya)\W+)*"
_AFTER = r"(?:\s+(?:saja|segera|sekarang|langsung|pak|bu|ya|laporannya|laporan|hasilnya|lah))*"
_FOR = r"(?:\s+(?:untuk|agar|guna)(?: (?:dapat|segera|mendapat|mendapatkan|memperoleh)){0,3} (?:disposisi|arahan|didisposisi|didisposisikan|ditindaklanjuti|persetujuan|tindak lanjut)(?: (?:lebih lanjut|beliau))?)?"
_ONWARD = {
    "teruskan": re.compile(
        rf"{_BEFORE}(?:di)?(?:teruskan|sampaikan|lanjutkan|lanjut|kirimkan)\b{_AFTER}{_TO}{_AFTER}{_FOR}\W*$"
    ),
    "kirim": re.compile(rf"{_BEFORE}(?:di)?(?:kirim|kirimkan|teruskan|sampaikan)\b{_AFTER}{_TO}{_AFTER}\W*$"),
    "diterima": re.compile(
        r"^\W*(?:(?:laporan(?:nya)?|baik|ok|oke|siap|ya|berita acara|dan|hasil penanganan)\s+)*(?:saya |kami )?(?:sudah |telah )?(?:saya |kami )?(?:(?:di)?terima|menerima)(?: laporan(?:nya)?)?(?: dengan baik| lengkap)?\W*$"
    ),
}


def stated(text: str, accepted: Sequence[str]) -> str:
    """The accepted word that a clause states; "" if none does, or two clauses state different ones."""
    words = bare_words(text)
    reason = doubt(re.sub(r"\b(?:cuma|hanya saja)\b", "hanya", words))
    if reason or TITLE.match(words):
        return ""
    if "disposisi" in accepted and any(_SENT_OUT.search(clause) for clause in clauses(words)):
        return "disposisi"
    parts = [part.strip(" ,:") for clause in clauses(words) for part in _PARTS.split(clause) if part.strip()]
    found = {decision for part in parts for decision in (_states(part, accepted, words),) if decision}
    if "tidak" in found and any(orders_work(part) for part in parts if not REFUSES.search(part)):
        return ""  # "Tindaklanjuti sesuai ketentuan. Tidak"
    return found.pop() if len(found) == 1 else ""


def _states(part: str, accepted: Sequence[str], words: str) -> str:
    if "tidak" in accepted and REFUSES.search(part):
        return "tidak"
    answered = _ANSWERED.search(part)
    if answered and answered[1] in accepted:
        return answered[1]
    said_so = is_own(part, _SAID)
    part = _SUBJECT.sub(" ", part)
    yes = next((word for word in ("ya", "disposisi") if word in accepted), "")
    if yes == "disposisi" and _JUST_DO.search(part):
        return yes
    if yes == "ya" and _BARE_YES.match(part) and not is_about_reading(words):
        return yes
    if yes == "ya" and (said_so or is_own(part, _SAID)) and not _NAMES.search(part) and not REFUSES.search(part):
        return yes
    if yes and made_of_yes(part) and ((_EMERGENCY.search(part) and yes == "ya") or _AGREES.search(part)):
        return yes
    return next((word for word in accepted if word in _ONWARD and _ONWARD[word].search(part)), "")
