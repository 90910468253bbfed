"""What a letter says: what kind it is, who writes, which service fails, since when, where."""
