"""File formats, a module each: from bytes to plain values and back. Pure."""
