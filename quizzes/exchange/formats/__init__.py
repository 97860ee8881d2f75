"""File formats, a module each: bytes and plain values, nothing of Django or of our rows. Pure."""
