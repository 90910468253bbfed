"""Care of the data: copies, heads that stand elsewhere, and the proof that nothing was changed."""
