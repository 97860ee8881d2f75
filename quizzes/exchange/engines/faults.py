"""Why a database is not copied or put back."""

from quizzes.refusal import Refusal


class Damaged(Refusal):
    """A copy does not hold together, or not what it should hold."""


class InUse(Refusal):
    """Somebody else has the database open."""


class NoTool(Refusal):
    """PostgreSQL's own programs are missing or too old, or the role may not do it."""
