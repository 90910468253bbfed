"""What the value of a header field says (RFC 5322, RFC 2047): addresses, comments, encoded words."""
