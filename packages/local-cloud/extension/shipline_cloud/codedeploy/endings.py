"""How a deployment ends other than well. The codes are those of `ErrorInformation` (CodeDeploy API Reference)."""

from __future__ import annotations


class Ended(Exception):
    """Leaves the life of a deployment: `status` is Failed or Stopped, `code` one of the documented error codes."""

    def __init__(self, status: str, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Forgotten(Exception):
    """The deployment's record is gone (a reset): its thread has nothing left to do."""


def failed(code: str, message: str) -> Ended:
    """The deployment fails."""
    return Ended("Failed", code, message)


def stopped(code: str, message: str) -> Ended:
    """The deployment is stopped, by an alarm or by a request."""
    return Ended("Stopped", code, message)
