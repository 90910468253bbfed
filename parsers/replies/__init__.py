"""What an official's reply says: the author's own words, what they decide, and what they ask for instead."""
