"""What crosses the border, as plain values. Pure."""
