"""Template tags and filters, where Django looks for them."""
