"""The state is saved in a moment, also a large one, and a service that has not changed is not written again.

Stock MiniStack copies each service's state and has `json.dump` write it, which encodes value by value in Python while
every other thread takes its turns. A cloud that has run for hours holds tens of megabytes (logs, metrics, executions,
the histories of stacks): saving them so takes many seconds, and who stops a laptop does not wait. A service whose state
changes while it is copied is not saved at all. AWS keeps what it has acknowledged ("Resilience and disaster recovery in
Amazon DynamoDB", Developer Guide).

Here a service's state is encoded in one go by the compiled encoder, other threads wait for it, and only text that
differs from what was saved last is written. A file that is up to date is touched: who waits for the end sees by the
files' times that saving goes on (src/server-process.ts).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .patching import require, swap

PATCH = "fast saving"
_MOST_COPIES = 100
_TURN_SECONDS = 1.0
_digests: dict[str, bytes] = {}
"""Of what each service's file holds."""


def install() -> None:
    """Leave saving to `save`: MiniStack's own comes at a moment of its own, after all connections have ended."""
    from ministack import app
    from ministack.core import persistence

    require(app, "_build_persistence_save_dict", patch=PATCH)
    require(app, "PERSIST_STATE", patch=PATCH)
    for name in ("STATE_DIR", "_json_default", "_state_format_version"):
        require(persistence, name, patch=PATCH)
    swap(app, "save_all", lambda _: lambda services: None, patch=PATCH, parameters="services")


def save() -> None:
    """Save every service; what cannot be saved is logged, and the others are saved all the same."""
    from ministack import app

    if not app.PERSIST_STATE:
        return
    with _undisturbed():
        for service, get_state in app._build_persistence_save_dict().items():
            try:
                save_service(service, get_state)
            except Exception:
                logging.getLogger("persistence").exception("Persistence: failed to save %s", service)


def save_service(service: str, get_state: Callable[[], Any]) -> None:
    """Write the service's file, or touch it where it is up to date. No state (None) leaves the file alone."""
    from ministack.core import persistence

    text = steady_text(service, get_state)
    if text is None:
        return
    file = Path(persistence.STATE_DIR, f"{service}.json")
    digest = hashlib.sha256(text).digest()
    if _digests.get(service) == digest and file.exists():
        os.utime(file)
        return
    _replace(file, text)
    _digests[service] = digest
    logging.getLogger("persistence").info("Persistence: saved %s state to %s", service, file)


def steady_text(service: str, get_state: Callable[[], Any]) -> bytes | None:
    """What is saved of a state that other threads may be changing: Python refuses to copy a dict while it grows."""
    from ministack.core import persistence

    for _ in range(_MOST_COPIES):
        try:
            state = get_state()
            saved = {"__ministack_format__": persistence._state_format_version(service), "payload": state}
            # Not `json.dump`: only `dumps` runs the compiled encoder.
            return None if state is None else json.dumps(saved, default=persistence._json_default).encode()
        except RuntimeError as error:
            changed = error
    raise changed


def _replace(file: Path, text: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".json.tmp")
    try:
        unfinished.write_bytes(text)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let other threads wait longer for their turns than it takes to encode a state."""
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
