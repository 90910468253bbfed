"""What must hold of the house whatever happens to it: judged from the journal's raw rows, by a reading of its own.

`invariants` names everything that is held; `all.every_check` makes the checks, one module a family. Nothing here asks
`decide()` what is right: `second_reading` reads the procedure file anew, and `story` tells an incident from its rows.
"""
