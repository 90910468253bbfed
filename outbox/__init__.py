"""What goes out: mails composed from templates, a durable queue, and a sender for each kind of server."""
