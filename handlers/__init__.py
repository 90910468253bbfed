"""One file per thing that can happen. A handler is a plain function of its input and the ports it needs."""
