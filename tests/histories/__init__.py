"""Recorded histories: 200 small journals of finished incidents, which every version must tell again as they were."""
