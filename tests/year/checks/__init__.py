"""What must hold after every event, told from the journal's raw rows by a second, simpler reading of the procedure."""
