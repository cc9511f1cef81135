"""What passes through a front door, and how it changes.

A door stands where AWS's TLS endpoint stands: it forwards with the target's Host and `X-Forwarded-Proto: https`, so
that a distribution whose viewer protocol policy redirects to HTTPS works unchanged ("Require HTTPS for communication
between viewers and CloudFront", CloudFront Developer Guide). Answers pass unchanged, but the target's own name in
redirects and cookies becomes the door's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from . import admin, owners
from .gateway import App
from .origins import INSIDE

_HOPS = {b"host", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-port"}


@dataclass(frozen=True)
class Door:
    """One listener: requests to `http://<host>:<port>` go to the data plane's host `target`."""

    port: int
    target: str
    host: str = "localhost"

    @property
    def origin(self) -> str:
        """Where a browser finds this door."""
        return f"http://{self.host}:{self.port}"


async def pass_through(door: Door, app: App, scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Serve one ASGI event of a door's listener by `app`, as the door's target."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    if owners.owner_of_host(door.target, scope["path"]) is None:
        await admin.send_json(send, 503, {"message": f"There is nothing at {door.target} in the local cloud."})
        return
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _HOPS]
    forwarded = {"host": door.target, "x-forwarded-host": f"{door.host}:{door.port}",
                 "x-forwarded-proto": "https", "x-forwarded-port": str(door.port)}
    headers += [(name.encode(), value.encode("latin-1")) for name, value in forwarded.items()]

    async def send_as_door(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [_as_seen_at(door, *header) for header in message["headers"]]}
        await send(message)

    await app({**scope, "headers": headers, INSIDE: True}, receive, send_as_door)


async def _live(receive: Any, send: Any) -> None:
    while True:
        event = (await receive())["type"]
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            return


def _as_seen_at(door: Door, name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name.lower() == b"location":
        url = urlsplit(value.decode("latin-1"))
        if (url.hostname or "") == door.target:
            value = (door.origin + url._replace(scheme="", netloc="").geturl()).encode("latin-1")
    elif name.lower() == b"set-cookie":
        kept = [part for part in value.split(b";") if not part.strip().lower().startswith(b"domain=")
                or part.strip().split(b"=", 1)[1].lstrip(b".").decode("latin-1").lower() != door.target]
        value = b";".join(kept)
    return name, value
