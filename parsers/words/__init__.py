"""What any text may hold: dates, numbers, labels, spans of time, characters."""
