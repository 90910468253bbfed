"""Mail that comes too often, or twice: floods, what repeats itself, copies by another way. Nobody is muted by it."""
