"""The commands, one file for each kind of thing one does with Siaga."""
