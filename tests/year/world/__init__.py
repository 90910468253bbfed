"""Everybody outside the house: offices that report, officials that answer, and all else that reaches a mailbox."""
