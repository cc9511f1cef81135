"""Which requests are traced: decided once, by the first service that a request reaches.

"The default rule traces the first request each second, and five percent of any additional requests" ("Configuring
sampling rules", AWS X-Ray Developer Guide); Lambda keeps to it and cannot be told otherwise ("Visualize Lambda
function invocations using AWS X-Ray", AWS Lambda Developer Guide). `SHIPLINE_TRACE_RATE` replaces it by a plain share.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from .store import Place


@dataclass(frozen=True)
class SamplingRule:
    reservoir: int
    """Requests per second that are traced in any case."""
    rate: float
    """Share of the others, 0 to 1."""


DEFAULT_RULE = SamplingRule(reservoir=1, rate=0.05)


class Sampler:
    """Applies a rule, with a reservoir per account and region."""

    def __init__(
        self, rule: SamplingRule = DEFAULT_RULE,
        clock: Callable[[], float] = time.time, chance: Callable[[], float] = random.random,
    ) -> None:
        self.rule = rule
        self._clock = clock
        self._chance = chance
        self._lock = threading.Lock()
        self._taken: dict[Place, tuple[int, int]] = {}

    def decide(self, place: Place) -> bool:
        second = int(self._clock())
        with self._lock:
            last, taken = self._taken.get(place, (second, 0))
            taken = taken if last == second else 0
            if taken < self.rule.reservoir:
                self._taken[place] = (second, taken + 1)
                return True
        return self._chance() < self.rule.rate
