"""Which requests of a browser the local cloud serves: those of the shop's own pages, and of no other page.

Stock MiniStack answers every CORS preflight with `*` and checks no signature, so any web page that is open on the
machine could create a function on 127.0.0.1 and run it. AWS refuses such a request for want of a signature ("AWS
Signature Version 4 for API requests", IAM User Guide). Here the browser's own word on who asks stands in for it: the
Origin header and, for requests without one such as images, Sec-Fetch-Site ("Fetch", WHATWG; "Fetch Metadata Request
Headers", W3C). The name in Host keeps out pages whose own name was made to resolve to this machine (DNS rebinding).
Programs send no Origin and are served as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import admin

if TYPE_CHECKING:
    from .door_traffic import Door

INSIDE = "shipline.inside"
"""Key of an ASGI scope that did not come through the endpoint's own listener; no client can set it."""
_AWS_NAMES = (".localhost", ".amazonaws.com", ".cloudfront.net")
_OWN_SITES = {"same-origin", "none"}
_CONTROL_PATHS = (admin.PREFIX, "/_ministack/", "/_localstack/")


def own_origins(port: int, doors: Iterable[Door]) -> set[str]:
    """The origins of the pages that may call: the endpoint's on `port`, and those of the open doors."""
    doors = list(doors)
    ports = [port, *(door.port for door in doors)]
    loopback = {f"http://{host}:{number}" for host in ("127.0.0.1", "localhost") for number in ports}
    return loopback | {door.origin for door in doors}


def refusal(scope: dict[str, Any], own: Callable[[], set[str]]) -> admin.Answer | None:
    """What to answer instead of serving an HTTP or WebSocket request; None when it is to be served."""
    if scope.get(INSIDE):
        # A door is public, as the shop is on AWS. It leads to the shop only, not to what runs the local cloud.
        if scope["path"].startswith(_CONTROL_PATHS):
            return 404, {"message": f"There is no {scope['path']} behind a front door."}
        return None
    host = _values(scope, b"host")
    if any(not _is_own_name(name) for name in host):
        return _refused(f"for the host {host[0]!r}, which is no name of this machine or of AWS")
    origins = _values(scope, b"origin")
    # Browsers leave Origin out of images, scripts and links, and a query such as ?Action=DeleteStack needs no more.
    # Pages of other ports of this machine are "same-site"; "none" is a person who typed the address.
    if not origins and not _OWN_SITES.issuperset(_values(scope, b"sec-fetch-site")):
        return _refused("from a page of another origin")
    foreign = set(origins) - own() if origins else set()
    return _refused(f"from a page of {min(foreign)!r}, which is no open front door") if foreign else None


async def send_refusal(scope: dict[str, Any], receive: Any, send: Any, answer: admin.Answer) -> None:
    """Answer a refused request, without CORS headers. A WebSocket is closed before it opens, which is a 403 too."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    else:
        await admin.send_json(send, *answer)


def _refused(why: str) -> admin.Answer:
    return 403, {"message": f"The local cloud refuses requests {why}."}


def _values(scope: dict[str, Any], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope.get("headers", []) if key.lower() == name]


def _is_own_name(host: str) -> bool:
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if not name:
        return not host
    if name == "localhost" or name.endswith(_AWS_NAMES):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
