"""This office: its settings, its people, and the one place where everything is put together."""
