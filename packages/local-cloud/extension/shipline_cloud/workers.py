"""The pool of Lambda worker processes: a cap, a queue, and no deadlock.

Stock MiniStack starts one process per concurrent call, keeps the idle ones for minutes and the first of every function
for ever, and kills a busy one when its code is updated. On AWS concurrency is not bounded by one machine's memory,
an idle environment is reclaimed, and a call that runs is finished by the code it started with ("Understanding Lambda
function scaling" and "Understanding the Lambda execution environment lifecycle", AWS Lambda Developer Guide).

Rules (README, 'Workers'):
- A call from outside starts when fewer than `cap` workers are leased; idle ones are ended to make room.
- A nested call (made by a worker that is still serving a call) starts when fewer than `cap` leased workers are running,
  where a worker that waits for a nested call does not count as running. So every level of nesting has `cap` slots of
  its own and the innermost level can always go on.
- A call that waits while nothing has ended for `stall_seconds` starts anyway: others may be waiting for it in a way
  that cannot be seen, such as polling for the end of a state machine.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

_PREFER_WARM_SECONDS = 0.5
Key = tuple[str, str, str, str]
"""Account, region, function name, version."""


@dataclass(eq=False)
class Lease:
    """A worker that serves one call. `caller` is the lease of the call that made this one, if it is nested."""

    key: Key
    caller: Lease | None
    worker: Any = None
    nested: int = 0
    """How many calls that this one has made are waiting or being served."""
    active: bool = True


@dataclass(eq=False)
class _Waiter:
    lease: Lease
    make: Callable[[], Any]
    since: float = field(default_factory=time.monotonic)
    admitted: threading.Event = field(default_factory=threading.Event)
    doomed: list[Any] = field(default_factory=list)
    """Idle workers that must end before this one's process starts."""


calling: ContextVar[Lease | None] = ContextVar("shipline_calling_lease", default=None)
"""The lease of the worker on whose behalf this request is served."""


class WorkerPool:
    """All worker processes of this server. `end` ends a list of workers and waits until they are gone."""

    def __init__(
        self, cap: int, idle_seconds: float, stall_seconds: float, end: Callable[[list[Any]], None]
    ) -> None:
        self.cap = cap
        self._stall_seconds = stall_seconds
        self._idle_seconds = idle_seconds
        self._end = end
        self._lock = threading.Lock()
        self._idle: dict[Key, list[Any]] = {}
        self._leases: dict[Any, Lease] = {}
        self._waiting: deque[_Waiter] = deque()
        self._ending = 0
        self._last_progress = time.monotonic()

    def lease(self, key: Key, make: Callable[[], Any]) -> Lease:
        """Wait for a slot and lease an idle worker of `key`, or the one that `make` returns."""
        caller = calling.get()
        lease = Lease(key, caller if caller is not None and caller.active else None)
        waiter = _Waiter(lease, make)
        with self._lock:
            if lease.caller is not None:
                lease.caller.nested += 1
            self._waiting.append(waiter)
            self._admit()
        while not waiter.admitted.wait(0.25):
            with self._lock:
                self._admit()
        self._end(waiter.doomed)
        return lease

    def release(self, lease: Lease) -> None:
        """Give the worker back; it becomes idle, or ends when its code is superseded or its process is gone."""
        with self._lock:
            if not lease.active:
                return
            lease.active = False
            if lease.caller is not None:
                lease.caller.nested -= 1
            worker = lease.worker
            self._leases.pop(worker, None)
            keep = not worker.superseded and worker._proc is not None
            if keep:
                worker.last_used = time.monotonic()
                self._idle.setdefault(lease.key, []).append(worker)
            self._last_progress = time.monotonic()
            self._admit()
            doomed = [*([] if keep else [worker]), *self._take_surplus()]
            self._ending += len(doomed)
        self._retire(doomed)

    def lease_of(self, worker_number: str) -> Lease | None:
        """The call that the worker with this number is serving."""
        with self._lock:
            return next((lease for worker, lease in self._leases.items() if worker.number == worker_number), None)

    def supersede(self, matches: Callable[[Key], bool]) -> None:
        """End the idle workers whose key matches, and the busy ones when their call has ended."""
        with self._lock:
            for lease in self._leases.values():
                if matches(lease.key):
                    lease.worker.superseded = True
            doomed = [worker for key in list(self._idle) if matches(key) for worker in self._idle.pop(key)]
            self._ending += len(doomed)
        self._retire(doomed)

    def end_idle(self, older_than: float | None = None) -> int:
        """End the workers that have been idle too long; returns how many."""
        limit = time.monotonic() - (self._idle_seconds if older_than is None else older_than)
        with self._lock:
            doomed = [worker for workers in self._idle.values() for worker in workers if worker.last_used <= limit]
            self._forget(doomed)
            self._ending += len(doomed)
        self._retire(doomed)
        return len(doomed)

    def end_all(self) -> None:
        """End every process, also those that are serving a call."""
        self.end_idle(older_than=0)
        with self._lock:
            busy = list(self._leases)
        self._end(busy)

    def census(self) -> dict[str, int]:
        """How many workers are in which state; `waiting` counts calls without a worker."""
        with self._lock:
            return {
                "cap": self.cap,
                "running": self._running(),
                "nesting": len(self._leases) - self._running(),
                "idle": self._idle_count(),
                "waiting": len(self._waiting),
            }

    def _retire(self, doomed: list[Any]) -> None:
        # They keep their places until they are gone, or their successors would exceed the cap for a moment.
        self._end(doomed)
        with self._lock:
            self._ending -= len(doomed)
            self._admit()

    def _running(self) -> int:
        return sum(1 for lease in self._leases.values() if not lease.nested)

    def _idle_count(self) -> int:
        return sum(map(len, self._idle.values()))

    def _admit(self) -> None:
        while (waiter := self._next()) is not None:
            self._waiting.remove(waiter)
            self._equip(waiter)
            waiter.admitted.set()

    def _next(self) -> _Waiter | None:
        nested = [waiter for waiter in self._waiting if waiter.lease.caller is not None]
        if nested and self._running() + self._ending < self.cap:
            return nested[0]
        outer = [waiter for waiter in self._waiting if waiter.lease.caller is None]
        if outer and len(self._leases) + self._ending < self.cap:
            return self._preferred(outer)
        return self._stalled()

    def _preferred(self, waiters: list[_Waiter]) -> _Waiter:
        # A warm worker is worth a short overtaking, or functions would end each other's processes in turn.
        if time.monotonic() - waiters[0].since < _PREFER_WARM_SECONDS:
            return next((waiter for waiter in waiters if self._idle.get(waiter.lease.key)), waiters[0])
        return waiters[0]

    def _stalled(self) -> _Waiter | None:
        if not self._waiting:
            return None
        now, oldest = time.monotonic(), self._waiting[0]
        if now - max(self._last_progress, oldest.since) < self._stall_seconds:
            return None
        self._last_progress = now
        return oldest

    def _equip(self, waiter: _Waiter) -> None:
        lease = waiter.lease
        warm = self._idle.get(lease.key)
        if warm:
            lease.worker = warm.pop()
            self._forget([])
        else:
            waiter.doomed = self._take_surplus(coming=1)
            lease.worker = waiter.make()
            lease.worker.superseded = False
        self._leases[lease.worker] = lease

    def _take_surplus(self, coming: int = 0) -> list[Any]:
        """The idle workers for which there is no room, longest idle first; they are idle no more."""
        room = self.cap + len(self._leases) - self._running()
        surplus = len(self._leases) + coming + self._idle_count() - room
        by_age = sorted((w for workers in self._idle.values() for w in workers), key=lambda w: w.last_used)
        doomed = by_age[:max(0, surplus)]
        self._forget(doomed)
        return doomed

    def _forget(self, workers: list[Any]) -> None:
        self._idle = {
            key: kept for key, entries in self._idle.items() if (kept := [w for w in entries if w not in workers])
        }
