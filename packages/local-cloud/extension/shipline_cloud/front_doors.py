"""Front doors: plain `http://localhost:<port>` listeners in front of a host of the data plane.

Stock MiniStack serves a distribution or an API only to requests that carry its host name, which browsers resolve
for `*.localhost` and nothing else does. On AWS that name is in the public DNS ("Route traffic to a CloudFront
distribution by using your domain name", Amazon Route 53 Developer Guide). What passes through: door_traffic.py.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from .door_traffic import Door, pass_through
from .gateway import App


class PortInUse(Exception):
    """Another process listens on the port of a door."""


@dataclass
class _Open:
    door: Door
    close: asyncio.Event
    task: asyncio.Task[None]


@dataclass
class FrontDoors:
    """The open doors of this server. `app` is the served application."""

    app: App
    file: Path | None = None
    _open: dict[int, _Open] = field(default_factory=dict)

    @property
    def doors(self) -> list[Door]:
        """The open doors, by port."""
        return [self._open[port].door for port in sorted(self._open)]

    async def set(self, doors: list[Door]) -> None:
        """Make exactly `doors` open. Raises PortInUse, in which case nothing has changed."""
        wanted = {door.port: door for door in doors}
        sockets = _bind_all([door for port, door in wanted.items() if port not in self._open])
        for port in list(self._open):
            if port not in wanted:
                await self._close(port)
            else:
                # Same port, perhaps another target: the listener asks for its door on every request.
                self._open[port].door = wanted[port]
        for port, bound in sockets.items():
            self._start(wanted[port], bound)
        self._remember()

    async def reopen(self) -> None:
        """Open what was open when the server stopped; a door whose port is taken by now is left shut."""
        if self.file is None or not self.file.exists():
            return
        try:
            remembered = parse_doors(json.loads(self.file.read_text()))
        except ValueError:
            return
        for door in remembered:
            try:
                self._start(door, _bind(door))
            except PortInUse as error:
                print(error, file=sys.stderr)

    async def close(self) -> None:
        """Stop all listeners; the file keeps them for the next start."""
        for port in list(self._open):
            await self._close(port)

    def _start(self, door: Door, sockets: list[socket.socket]) -> None:
        config = Config()
        config.bind = [f"fd://{sock.detach()}" for sock in sockets]
        config.graceful_timeout = 0.2
        config.keep_alive_timeout = 75
        config.loglevel = "WARNING"
        close = asyncio.Event()

        async def door_app(scope: dict[str, Any], receive: Any, send: Any) -> None:
            await pass_through(self._open[door.port].door, self.app, scope, receive, send)

        task = asyncio.create_task(serve(door_app, config, shutdown_trigger=close.wait))  # type: ignore[arg-type]
        self._open[door.port] = _Open(door, close, task)

    async def _close(self, port: int) -> None:
        opened = self._open.pop(port)
        opened.close.set()
        await asyncio.wait([opened.task], timeout=2)

    def _remember(self) -> None:
        if self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.file.with_suffix(".tmp")
            temporary.write_text(json.dumps({"doors": [asdict(door) for door in self.doors]}))
            temporary.replace(self.file)


def parse_doors(document: Any) -> list[Door]:
    """The doors of `{"doors": [{port, target, host?}]}`. Raises ValueError with a sentence."""
    entries = document.get("doors") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise ValueError("The request must have a list 'doors'.")
    doors = [_parse_door(entry) for entry in entries]
    if len({door.port for door in doors}) != len(doors):
        raise ValueError("Two doors cannot share a port.")
    return doors


def _parse_door(entry: Any) -> Door:
    fields = entry if isinstance(entry, dict) else {}
    port, target, host = fields.get("port"), fields.get("target"), fields.get("host", "localhost")
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65536:
        raise ValueError("A door needs a 'port' between 1 and 65535.")
    if not isinstance(target, str) or not target or not isinstance(host, str) or not host:
        raise ValueError(f"The door on port {port} needs a 'target' host of the data plane.")
    return Door(port, target.lower(), host)


def _bind_all(doors: list[Door]) -> dict[int, list[socket.socket]]:
    bound: dict[int, list[socket.socket]] = {}
    try:
        for door in doors:
            bound[door.port] = _bind(door)
    except PortInUse:
        for sock in (sock for sockets in bound.values() for sock in sockets):
            sock.close()
        raise
    return bound


def _bind(door: Door) -> list[socket.socket]:
    sockets = []
    # Browsers try ::1 first for 'localhost'; a machine without IPv6 has only the first address.
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((address, door.port))
            # Listening at once: whoever asked for the door may connect before its server task has run.
            sock.listen()
        except OSError:
            sock.close()
            if family == socket.AF_INET:
                raise PortInUse(
                    f"Port {door.port} is in use by another process, so {door.origin} cannot be opened."
                ) from None
            continue
        sockets.append(sock)
    return sockets
