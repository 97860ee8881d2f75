"""Apps of others that are set up otherwise here."""

from allauth.usersessions.apps import UserSessionsConfig


class SessionsConfig(UserSessionsConfig):  # type: ignore[misc]  # allauth is untyped
    """The list of sign-ins, written by a call in `quizzes.web.accounts` in place of signals.

    So a row holds the browser in words and not all that a browser says of itself, and signing in
    does not look at each session that one ever had.
    """

    def ready(self) -> None:
        """Listen to nothing."""
