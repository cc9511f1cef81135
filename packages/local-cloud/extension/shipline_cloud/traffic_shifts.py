"""What a stack can shift gradually: a resource that moves traffic from an old version to a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class ShiftFailed(ValueError):
    """Traffic was not moved; the message is the reason that the resource shows."""


class TrafficShift(Protocol):
    """The shift of one resource, under way since it was made."""

    @property
    def is_over(self) -> bool: ...

    @property
    def failure(self) -> str | None:
        """Why it failed; None while it runs and when it has succeeded."""

    @property
    def was_stopped(self) -> bool:
        """Has `stop` ended it?"""

    def wait(self, seconds: float | None = None) -> None:
        """Until it is over, but no longer than this."""

    def stop(self) -> None:
        """Stop and roll back, if it still runs."""

    def put_back(self) -> None:
        """Give all traffic to the old version again. Raises ShiftFailed."""


@dataclass
class Refused:
    """A shift that could not start."""

    failure: str
    is_over: bool = True
    was_stopped: bool = False

    def wait(self, seconds: float | None = None) -> None:
        """There is nothing to wait for."""

    def stop(self) -> None:
        """There is nothing to stop."""

    def put_back(self) -> None:
        """Nothing has moved."""
