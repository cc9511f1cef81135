"""Calls from the local cloud to itself: one request through the served application, without a socket."""

from __future__ import annotations

import asyncio
import contextvars
from typing import Any
from urllib.parse import unquote

from .origins import INSIDE
from .workers import calling

Pairs = list[tuple[str, str]]


async def call_gateway(
    method: str, path: str, query: str, headers: dict[str, str], body: bytes, client_ip: str
) -> tuple[int, Pairs, bytes]:
    """(status, header pairs, body) of one request. `path` is still percent-encoded.

    The request gets a context of its own: whose account it reaches is decided by its host, not by the caller. Only the
    worker on whose behalf it is made goes along, so that a function behind it still counts as a nested call.
    """
    from ministack import app

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode("ascii", "replace"),
        "query_string": query.encode("latin-1"),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": (client_ip, 0),
        INSIDE: True,
    }
    response: dict[str, Any] = {"status": 500, "headers": [], "body": b""}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            response.update(status=message["status"], headers=message["headers"])
        elif message["type"] == "http.response.body":
            response["body"] += message.get("body", b"")

    context = contextvars.Context()
    context.run(calling.set, calling.get())
    await context.run(asyncio.ensure_future, app.app(scope, receive, send))
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response["headers"]]
    return response["status"], pairs, response["body"]
