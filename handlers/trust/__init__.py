"""Whom we trust: who wrote a mail, whether they may, and how much of it counts; nobody is muted by that."""
