"""The demonstration: the whole SOP on real protocols, with simulated officials."""
