"""How much the tests look at: enough for every change, or everything (`make trust`)."""

import os

PROFILE = os.environ.get("TEST_PROFILE", "gate")
IS_TRUST = PROFILE == "trust"


def count(gate: int, trust: int) -> int:
    """How often to try: so often for every change, so often with `make trust`."""
    return trust if IS_TRUST else gate
