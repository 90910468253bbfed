"""Faults planted one at a time: does the simulated year notice them? `python -m tests.year.mutants`."""
