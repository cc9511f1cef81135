"""A stop saves first and ends in time, whatever is under way.

Stock MiniStack saves its state once hypercorn has ended all connections. Hypercorn gives them a few seconds and then
cancels what serves them, but a call that waits for a function cannot be cancelled (`run_reentrant`), so nothing is
saved before the function ends, and the interpreter then waits for its threads. Who kills the server meanwhile loses the
state. AWS keeps what it has acknowledged ("Resilience and disaster recovery in Amazon DynamoDB", Developer Guide); a
laptop is stopped at any moment.

Here SIGTERM and SIGINT save at once (saving.py). What is under way then gets a moment to end, what it changed is saved
as well, the workers are ended, and the process leaves without waiting for anybody.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from . import saving
from .patching import swap

PATCH = "stop in time"
GRACE_SECONDS = 2.0
"""How long requests that are under way may go on after the signal. Who stops the server waits 10 s before it kills."""


def install(close_doors: Callable[[], Awaitable[None]], end_workers: Callable[[], None]) -> None:
    """Replace the server loop that MiniStack's `main` runs."""
    import hypercorn.asyncio

    saving.install()
    # `main` imports the name when it runs; the front doors have imported theirs and keep it.
    swap(hypercorn.asyncio, "serve", lambda serve: _stopping_in_time(serve, close_doors, end_workers), patch=PATCH,
         parameters="app config shutdown_trigger mode")


def _stopping_in_time(
    original: Callable[..., Awaitable[None]],
    close_doors: Callable[[], Awaitable[None]],
    end_workers: Callable[[], None],
) -> Callable[..., Awaitable[None]]:
    async def serve(app: Any, config: Any) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        config.graceful_timeout = GRACE_SECONDS
        server = asyncio.ensure_future(original(app, config, shutdown_trigger=stop.wait))
        await asyncio.wait([server, asyncio.ensure_future(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            saving.save()
            await asyncio.wait([server, asyncio.ensure_future(close_doors())], timeout=GRACE_SECONDS)
            saving.save()
            end_workers()
            _leave()
        server.result()  # it could not start: MiniStack says why

    return serve


def _leave() -> None:
    """End this process as if all threads had ended: they wait for workers that are gone, or for nothing."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
