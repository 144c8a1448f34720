"""What can go wrong outside, named by who can act on it.

``user_message`` is the only text that may reach a person or a model; ``str(exc)`` is for logs.
"""


class ConnectorError(Exception):
    """Root of everything raised by ``connectors``."""

    def __init__(self, user_message: str, *, detail: str = "") -> None:
        super().__init__(detail or user_message)
        self.user_message = user_message


class InputError(ConnectorError):
    """A file, a row or an argument is wrong; the sentence names the field and the remedy."""


class TransientError(ConnectorError):
    """Trying again later may work: throttled, timed out before sending, a server error on a read."""


class TerminalError(ConnectorError):
    """Trying again will not help until someone mends the set-up: credentials, scopes, an unknown object."""


class OutcomeUnknownError(ConnectorError):
    """A write left this machine and no answer came back; reconcile by reading, never send blindly again."""


class MirrorBusyError(ConnectorError):
    """Another process owns the mirror file."""


class QueryTimeoutError(ConnectorError):
    """The watchdog stopped a query that ran too long."""
