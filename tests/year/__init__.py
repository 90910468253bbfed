"""A year of the office in minutes: the real house on simulated ports, lived from one seed.

`world/` is everybody outside, with habits; `ports/` is what the house touches of the world, and what may go wrong there;
`life.py` lets time go on from one event to the next; `checks/` says after each what must hold.
"""
