"""File formats, a module each: bytes and plain values, nothing of Django or of our rows."""
"""File formats, a module each: from bytes to plain values and back. Pure."""
