"""How long one minute of a deployment takes.

On AWS a canary of ten minutes takes ten minutes. A drill on a laptop need not: whatever waits for minutes of a
deployment (CodeDeploy's canary and linear shifts, its hooks' hour, deployments of state machine aliases) reads the
time from this clock, which can run faster. The periods of alarms, which watch deployments, are compressed alike.
Metrics and everything else keep the time of the wall.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

REAL_MINUTE_SECONDS = 60.0


class DeploymentClock:
    """Counts minutes of deployments. A change of pace holds at once, also for waits that are under way."""

    def __init__(
        self, minute_seconds: float = REAL_MINUTE_SECONDS, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self.own_minute_seconds = minute_seconds
        """The pace that it was made with, whatever it was set to meanwhile."""
        self._minute_seconds = minute_seconds
        self._minutes = 0.0
        self._since = monotonic()

    @property
    def minute_seconds(self) -> float:
        """Seconds of the wall that one minute takes now."""
        return self._minute_seconds

    def set_minute_seconds(self, seconds: object) -> None:
        """Change the pace. The minutes that have passed so far stay passed. Raises ValueError with a sentence."""
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0.01 <= seconds <= 3600:
            raise ValueError("'minuteSeconds' must be a number from 0.01 to 3600.")
        with self._lock:
            self._minutes, self._since = self._passed(), self._monotonic()
            self._minute_seconds = float(seconds)

    def now(self) -> float:
        """Minutes since this clock was made; only differences mean something."""
        with self._lock:
            return self._passed()

    def seconds_until(self, minute: float) -> float:
        """Seconds of the wall until `now()` reaches `minute` at the present pace; 0 when it has passed."""
        return max(0.0, (minute - self.now()) * self._minute_seconds)

    def notice(self) -> str | None:
        """A sentence for wherever a deployment is shown, None while a minute is a minute."""
        if self._minute_seconds == REAL_MINUTE_SECONDS:
            return None
        return f"Local clock: one minute of this deployment takes {self._minute_seconds:g} s."

    def _passed(self) -> float:
        return self._minutes + (self._monotonic() - self._since) / self._minute_seconds
