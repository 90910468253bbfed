"""How long a subject is, and what mail programs put ahead of it, a colon behind it: parts of patterns, case aside.

Who builds a pattern of them adds what counts there besides: "TR:" is a forward in French and an answer in Turkish.
"""

ANSWER = r"re|bls|balas(?:an)?"
FORWARD = r"fwd?|wg|terusan|diteruskan"
LONGEST = 70


def as_subject(text: str) -> str:
    """`text`, cut to the length of a subject at a word."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
