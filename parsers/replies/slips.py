"""A slip of the finger in a word that can turn an answer ("mnugkin", "tnuggu", "klaau") must not hide it.

Whatever is no known word and only a slip away from a turning word is read as that word, by the keys that can only ask
back. A slip never makes a sign: the rules that look for what decides read the words as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from parsers.replies import answer_clauses, courtesy, hesitation, known_words, plain_yes, polarity, telling_words
from parsers.words.word_set import word_set

_TOO_MANY_NEIGHBOURS = word_set(
    "allah apanya agaknya becanda bercanda berapa biarkan catatan cuman dijawab ditanya gimana harapan harusnya "
    "hello kabarnya katanya malah masak masukan maunya melainkan menanti mengapa menyala nyala nothing other pending "
    "rasanya satunya seadanya sebelah tuhan later pendapat petunjuk rencana serius abaikan kayak anggap masih hidup "
    "normal"
)
"""Turning words that half the language looks like: mistyped, they are words that nobody knows, like any other."""
_TARGETS = tuple(
    word
    for word in sorted({word.rstrip("*") for word in telling_words.WORDS_THAT_TURN} - _TOO_MANY_NEIGHBOURS)
    if re.fullmatch(r"[a-z]{4,}", word)
)
_SHORT, _LONG, _LONGEST = 4, 7, 20
"""Letters: in a short word only letters that changed places or came twice are a slip, in a long one there may be two slips."""
_ALSO_WORDS = word_set(
    "andal andi andil andri awalan bagal bakar begini bekal belok beras berupa bulat colok dicolok ditebak "
    "ditegaskan filed fixes gantt hanyut ignored kapak kapal karang kawan kendali klasifikasi kualifikasi kurung "
    "menjurus menuntut menurun menutup minggir newer penegasan pengadaan persuratan pertama pilih puluh putih rawat "
    "resolve saleh salak salat sampah sarana sarang search sedan seleksi senang sender sending serang setelan seusai "
    "sidang tania tari terapi terarah terserap tersebar tolok tunggal yamin yasin"
)
"""Everyday words that look like a turning word mistyped, and stand in no pattern of ours."""
_PREFIX = re.compile(r"^(?:di|ke|se|ber|ter|pe[nm]?g?|me(?:n[gy]?|m)?)(?=[a-z]{4})")
_SUFFIX = re.compile(r"(?<=[a-z]{3})(?:nya|lah|kan|an|i|ku|mu)$")


def mended(words: str) -> str:
    """`words` (lower case) with turning words in place of what is only a slip away from one. Linear in their length."""
    return re.sub(r"[a-z]{4,}", lambda found: _meant(found[0]), words)


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and the beginnings of words, that the patterns of this corner name."""
    named = " ".join(
        text
        for room in (answer_clauses, courtesy, hesitation, known_words, plain_yes, polarity, telling_words)
        for name, value in vars(room).items()
        if not name.startswith("__")
        for text in _texts(value)
    )
    named = re.sub(r"\\[a-vx-zA-Z]", " ", named)
    begun = set(re.findall(r"([a-z]{4,})\\w\*", named))
    return frozenset(re.findall(r"[a-z]{4,}", named)) | _ALSO_WORDS, tuple(sorted(begun))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, re.Pattern):
        yield str(value.pattern)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _texts(one)


def is_known(word: str) -> bool:
    """Whether a word, or what is left of it without prefix and suffix, stands in a pattern of this corner."""
    whole, begun = _vocabulary()
    stem = _PREFIX.sub("", word)
    forms = {word, stem, _SUFFIX.sub("", word), _SUFFIX.sub("", stem)}
    return not whole.isdisjoint(forms) or word.startswith(begun) or stem.startswith(begun)


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    if len(word) > _LONGEST or is_known(word):
        return word
    return next((target for target in _TARGETS if _is_slip(word, target)), word)


def _is_slip(word: str, target: str) -> bool:
    """Hardly anybody mistypes the first letter, unless the first two change places."""
    if word[0] != target[0] and word[:2] != target[1::-1]:
        return False
    if len(target) == _SHORT:
        return set(word) == set(target) and OSA.distance(word, target) == 1
    most = 2 if len(target) >= _LONG else 1
    return abs(len(word) - len(target)) <= most and OSA.distance(word, target) <= most
