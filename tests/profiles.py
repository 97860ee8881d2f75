"""How much the tests look at: enough for every change, or everything (`make trust`)."""

import os

PROFILE = os.environ.get("TEST_PROFILE", "gate")
IS_TRUST = PROFILE == "trust"


def count[T](gate: T, trust: T) -> T:
    """How much to try: so much for every change, so much with `make trust`."""
    return trust if IS_TRUST else gate
