"""Evaluates every alarm of every account on a clock.

Stock MiniStack evaluates alarms when PutMetricData is called, so that metrics which services publish themselves never
set one off. On AWS an alarm is evaluated every minute over periods that end with that minute, one with a period below
a minute every 10 seconds ("Alarm evaluation", Amazon CloudWatch User Guide). A minute may be compressed here: periods
then last the same share of their time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from ..metrics import store
from .definitions import period_of, queries_of
from .evaluation import evaluate
from .transitions import move

GRACE_SECONDS = 0.2
"""How long after the end of a period its data count: threads that have just ended a call still record it."""
COMPACT_SECONDS = 10
_logger = logging.getLogger("shipline.alarms")


class AlarmClock:
    """The ticker; it lives as long as the server."""

    def __init__(self, minute_seconds: Callable[[], float], at_minute: Callable[[float], None]) -> None:
        self._minute_seconds = minute_seconds
        self._at_minute = at_minute
        self._task: asyncio.Task[None] | None = None
        self._evaluated = {"minute": 0, "tenth": 0}
        self._compacted = 0.0

    async def start(self) -> None:
        """Begin to tick, until the process ends."""
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while True:
            try:
                await self.tick(time.time())
            except Exception:  # the clock must outlive a mistake in one turn of it, and say so
                _logger.exception("A turn of the alarm clock failed")
            await asyncio.sleep(self._pause(time.time()))

    async def tick(self, now: float) -> None:
        """Evaluate what has become due."""
        minute = self._minute_seconds()
        for kind, step in (("minute", minute), ("tenth", minute / 6)):
            number = int((now - GRACE_SECONDS) / step)
            if number != self._evaluated[kind]:
                self._evaluated[kind] = number
                if kind == "minute":
                    self._at_minute(number * step)
                await _evaluate_all(kind, number * step, minute / 60)
        if now - self._compacted >= COMPACT_SECONDS:
            self._compacted = now
            for _ in store.compact(now):
                await asyncio.sleep(0)

    def _pause(self, now: float) -> float:
        # Never longer than a second: the length of a minute may change meanwhile. Never so short that it costs a core.
        step = self._minute_seconds() / 6
        return min(1.0, max(0.05, step - (now - GRACE_SECONDS) % step + 0.005))


async def _evaluate_all(kind: str, end: float, second: float) -> None:
    from ministack.services import cloudwatch

    for (account, region, name), alarm in list(cloudwatch._alarms._data.items()):
        # Deleted by what an earlier alarm of this turn has set off, or replaced.
        if cloudwatch._alarms._data.get((account, region, name)) is alarm and _kind_of(alarm) == kind:
            _evaluate_one(account, region, alarm, end, second)
            await asyncio.sleep(0)


def _kind_of(alarm: dict[str, Any]) -> str:
    return "tenth" if period_of(queries_of(alarm)) < 60 else "minute"


def _evaluate_one(account: str, region: str, alarm: dict[str, Any], end: float, second: float) -> None:
    from ministack.core.responses import request_scope

    with request_scope(account, region):
        try:
            verdict = evaluate(alarm, end, second)
            if verdict is not None and verdict.state != alarm["StateValue"]:
                move(alarm, verdict)
        except Exception:  # one alarm that cannot be evaluated must not silence the others
            _logger.exception("The alarm %s of account %s could not be evaluated", alarm.get("AlarmName"), account)
