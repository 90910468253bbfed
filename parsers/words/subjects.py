"""What mail programs put ahead of a subject, a colon behind it: parts of patterns, case aside.

Who builds a pattern of them adds what counts there besides: "TR:" is a forward in French and an answer in Turkish.
"""

ANSWER = r"re|bls|balas(?:an)?"
FORWARD = r"fwd?|wg|terusan|diteruskan"
