"""The ASGI application that the local cloud serves: MiniStack's own, with what the shop needs around it.

It refuses foreign web pages (origins.py), answers `/_shipline/*`, gives unsigned requests the account that owns what
they address (owners.py) and starts and stops what lives as long as the server (front doors, tickers).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from ministack.core.responses import _request_account_id
from ministack.core.router import extract_access_key_id

from . import admin, origins, owners
from .node_script import WORKER_HEADER

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Hook = Callable[[], Awaitable[None]]


def wrap(
    app: App, routes: admin.Routes, enter_worker: Callable[[str | None], None], own_origins: Callable[[], set[str]],
    on_startup: list[Hook],
) -> App:
    """The application to serve instead of `app`. `enter_worker` is told which Lambda worker sent the request.

    Web pages of other origins than `own_origins` are refused (origins.py).
    """

    async def gateway(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, _with_hooks(send, on_startup))
        elif (refusal := origins.refusal(scope, own_origins)) is not None:
            await origins.send_refusal(scope, receive, send, refusal)
        elif scope["type"] == "http" and scope["path"].startswith(admin.PREFIX):
            await admin.answer(routes, scope, receive, send)
        else:
            scope, worker_number = _without_worker_number(scope)
            enter_worker(worker_number)
            receive = await _enter_owner(scope, receive)
            await app(scope, receive, send)

    return gateway


def _without_worker_number(scope: Scope) -> tuple[Scope, str | None]:
    # A function behind an API must not see a header that it would not get on AWS.
    name = WORKER_HEADER.encode()
    numbers = [value.decode("latin-1") for key, value in scope.get("headers", []) if key == name]
    if not numbers:
        return scope, None
    return {**scope, "headers": [header for header in scope["headers"] if header[0] != name]}, numbers[0]


def _with_hooks(send: Send, on_startup: list[Hook]) -> Send:
    async def hooked(message: dict[str, Any]) -> None:
        # MiniStack has loaded its state before it reports this.
        if message["type"] == "lifespan.startup.complete":
            for hook in on_startup:
                await hook()
        await send(message)

    return hooked


async def _enter_owner(scope: Scope, receive: Receive) -> Receive:
    """Set the request's account when it has no credentials; returns the `receive` to go on with."""
    headers = _headers(scope)
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    if extract_access_key_id(headers, query):
        return receive
    owner = owners.owner_of_host(headers.get("host", ""), scope.get("path", ""))
    if owner is None and _may_be_cognito(scope, headers):
        body = await read_body(receive)
        receive = replay(body, receive)
        owner = owners.owner_of_cognito_call(scope["path"], query, headers, body)
    if owner is not None:
        _request_account_id.set(owner)
    return receive


def _may_be_cognito(scope: Scope, headers: dict[str, str]) -> bool:
    return scope["type"] == "http" and (
        headers.get("x-amz-target", "").startswith(owners.COGNITO_TARGET)
        or scope["path"].startswith(("/oauth2/", "/login", "/logout"))
    )


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}


async def read_body(receive: Receive) -> bytes:
    """The whole request body."""
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out an already read body once and then follows the connection."""
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> dict[str, Any]:
        return pending.pop() if pending else await receive()

    return replayed
