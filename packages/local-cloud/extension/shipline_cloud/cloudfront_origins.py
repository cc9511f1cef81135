"""CloudFront reaches HTTP APIs and REST APIs at `<id>.execute-api.<region>.amazonaws.com`.

Stock MiniStack refuses every origin with a host name of AWS (502), and its data plane knows an API only at
`<id>.execute-api.localhost`. On AWS an API is an ordinary custom origin ("Use various origins with CloudFront
distributions" and "Request and response behavior for custom origins", Amazon CloudFront Developer Guide). Which
headers, cookies and query strings are forwarded stays MiniStack's: its cache and origin request policies have been
applied before the origin is fetched.
"""

from __future__ import annotations

import asyncio
import http.client
import re
from typing import Any

from . import owners
from .inner import call_gateway
from .patching import require, swap

PATCH = "CloudFront reaches APIs"
_API_ORIGIN = re.compile(r"^(?P<id>[a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$")
# The region is part of the name on AWS; the id alone is unique here.
_EXECUTE_API_HOST = re.compile(
    r"^([a-z0-9]{8,10})\.execute-api\.(?:localhost|[a-z0-9-]+\.amazonaws\.com)(?::\d+)?$"
)
_FETCH_PARAMETERS = "origin method uri query_string headers body viewer_is_https client_ip viewer_xff dist_arn"


def install() -> None:
    """Serve API hosts of AWS on the data plane, and let distributions fetch from them."""
    from ministack import app
    from ministack.services import cloudfront

    for name in ("_origin_request_headers", "_multidict_from_pairs", "OriginTimeout"):
        require(cloudfront, name, patch=PATCH)
    swap(app, "_EXECUTE_API_RE", lambda _: _EXECUTE_API_HOST, patch=PATCH)
    swap(cloudfront, "_fetch_from_origin", _fetching_from_apis, patch=PATCH, parameters=_FETCH_PARAMETERS)


def _fetching_from_apis(original: Any) -> Any:
    async def fetch_from_origin(
        origin: dict[str, Any], method: str, uri: str, query_string: str, headers: dict[str, Any], body: bytes,
        viewer_is_https: bool, client_ip: str, viewer_xff: str, dist_arn: str,
    ) -> tuple[int, str, dict[str, Any], bytes]:
        api = _API_ORIGIN.match(origin["domain_name"].strip().lower())
        if origin.get("s3_bucket") or api is None or owners.owner_of_api(api["id"]) is None:
            return await original(
                origin, method, uri, query_string, headers, body, viewer_is_https, client_ip, viewer_xff, dist_arn
            )
        return await _fetch_from_api(origin, method, uri, query_string, headers, body, client_ip, viewer_xff)

    return fetch_from_origin


async def _fetch_from_api(
    origin: dict[str, Any], method: str, uri: str, query_string: str, headers: dict[str, Any], body: bytes,
    client_ip: str, viewer_xff: str,
) -> tuple[int, str, dict[str, Any], bytes]:
    from ministack.services import cloudfront

    sent = {
        name.lower(): value
        for name, value in cloudfront._origin_request_headers(origin, headers, client_ip, viewer_xff).items()
    }
    # API Gateway is only reachable by TLS, whatever the viewer used.
    sent["x-forwarded-proto"] = "https"
    if body:
        sent["content-length"] = str(len(body))
    call = call_gateway(method, (origin.get("origin_path") or "") + uri, query_string, sent, body or b"", client_ip)
    try:
        status, pairs, data = await asyncio.wait_for(call, origin.get("read_timeout", 30))
    except asyncio.TimeoutError as error:
        raise cloudfront.OriginTimeout(f"no response from {origin['domain_name']}") from error
    return status, http.client.responses.get(status, ""), cloudfront._multidict_from_pairs(pairs), data
