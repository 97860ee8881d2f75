"""Accounts with a second step, and the codes that an app would show."""

import base64
import hashlib
import hmac
import struct

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from quizzes.people.models import User

SECRET = base64.b32encode(b"twenty bytes of hers").decode()


def code(secret: str, seconds: float) -> str:
    """What an app with this secret shows at a moment, by RFC 6238."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(seconds) // 30), hashlib.sha1)
    start = digest[-1] & 0x0F
    [number] = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def guard(person: User) -> list[str]:
    """Turn two-step sign-in on, and give the recovery codes."""
    TOTP.activate(person, SECRET)
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes
