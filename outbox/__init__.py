"""What goes out: letters composed from templates, a durable queue, and a sender for each kind of server."""
