"""How a mail is taken apart: bytes, headers, parts, charsets, quotes, what came back, what is enclosed."""
