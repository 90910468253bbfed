"""How mail comes in: one port, `Mailbox`, and an adapter for each kind of server."""
