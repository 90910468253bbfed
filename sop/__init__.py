"""What must happen next: the procedure as data, the incident folded from its events, and `decide()`.

Sole purpose: to answer "what now?" without touching the world. Nothing here reads a clock, a file or a socket.
"""
