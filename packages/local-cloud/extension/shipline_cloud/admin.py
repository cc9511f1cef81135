"""`/_shipline/*`: what the command line tools of this repository ask the local cloud."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

PREFIX = "/_shipline/"
Answer = tuple[int, dict[str, Any]]
Routes = dict[tuple[str, str], Callable[[dict[str, Any]], Awaitable[Answer]]]
"""(method, path) -> handler of the request's JSON object; an answer is (HTTP status, JSON object)."""


async def answer(routes: Routes, scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Serve one ASGI request on `/_shipline/*`."""
    await send_json(send, *await _dispatch(routes, scope, receive))


async def send_json(send: Any, status: int, document: dict[str, Any]) -> None:
    """Send one whole JSON response."""
    await send_body(send, status, json.dumps(document).encode())


async def send_body(send: Any, status: int, body: bytes) -> None:
    """Send one whole response that is JSON already."""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _dispatch(routes: Routes, scope: dict[str, Any], receive: Any) -> Answer:
    from .gateway import read_body

    handler = routes.get((scope["method"], scope["path"]))
    if handler is None:
        return 404, {"message": f"There is no {scope['method']} {scope['path']}."}
    try:
        request = json.loads(await read_body(receive) or b"{}")
    except ValueError:
        return 400, {"message": "The request is not valid JSON."}
    if not isinstance(request, dict):
        return 400, {"message": "The request must be a JSON object."}
    return await handler(request)
