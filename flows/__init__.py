"""When it happens: thin Prefect flows over the handlers, and the case file in the Prefect UI.

The only room that imports `prefect`. Nothing in Prefect is ever the truth: with its server away, the same handlers run
without it.
"""
