"""What a mail is to us: which incident it belongs to, whose words stand in it, and what they decide."""
