"""Identifiers that clients may see and make: UUIDs of version 7."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new UUID that sorts by the millisecond it was made in.

    48 bits of Unix time in milliseconds, then 74 random bits; two made in the same millisecond
    come in no particular order. It reads the clock as an identifier's ingredient, never as a fact
    about the learner. Source: RFC 9562, section 5.7.
    """
    milliseconds = time.time_ns() // 1_000_000
    random_a, random_b = secrets.randbits(12), secrets.randbits(62)
    version, variant = 0x7, 0b10
    return uuid.UUID(
        int=milliseconds << 80 | version << 76 | random_a << 64 | variant << 62 | random_b
    )
