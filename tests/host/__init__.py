"""What the machine is given."""
