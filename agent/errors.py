"""What can go wrong in the application; the class decides the exit code, ``user_message`` is what a person reads."""

from __future__ import annotations


class FloorwalkerError(Exception):
    """Root of everything raised by ``agent``."""

    exit_code = 1

    def __init__(self, user_message: str, *, detail: str = "") -> None:
        super().__init__(detail or user_message)
        self.user_message = user_message


class BadInputError(FloorwalkerError):
    """The person gave something unusable; the sentence names the field and the remedy."""

    exit_code = 2


class RefusedError(FloorwalkerError):
    """This person may not do this."""

    exit_code = 3


class UnavailableError(FloorwalkerError):
    """A service or a lock is not to be had right now."""

    exit_code = 4


class StaleError(RefusedError):
    """The thing decided on is no longer what was shown: already decided, expired, changed or superseded."""
