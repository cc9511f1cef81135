"""X-Ray in the local cloud: the daemon, the API, what AWS's services report themselves, and the header between them.

MiniStack has no X-Ray. `install` puts it into the running process; each file of this package is one concern.
"""

from __future__ import annotations

import os
from typing import Any

from .. import admin
from ..patching import PatchError, require, swap
from ..settings import Settings
from . import daemon, execution_segments, function_segments, propagation, state_machine_settings
from .api import DAEMON_PATHS, XRayApi
from .sampling import DEFAULT_RULE, Sampler, SamplingRule
from .store import TraceStore

PATCH = "X-Ray"
_SERVICE = "xray"


class XRay:
    """X-Ray of this process; `wrap` puts it around the application that is served."""

    def __init__(self, api: XRayApi) -> None:
        self._api = api

    def wrap(self, app: Any) -> Any:
        """Notes the tracing header of each request, and answers what the SDKs ask the daemon without credentials."""

        async def traced(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                if scope["path"] in DAEMON_PATHS and not _is_signed(scope):
                    await self._answer_sdk(scope, receive, send)
                    return
                scope = propagation.enter_request(scope)
            await app(scope, receive, send)

        return traced

    async def _answer_sdk(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        from ..gateway import read_body

        status, _, body = self._api.answer(scope["method"], scope["path"], await read_body(receive), _stranger())
        await admin.send_body(send, status, body)


def install(settings: Settings) -> XRay:
    """Raises PatchError, and DaemonPortInUse when the daemon's port is taken."""
    from ministack import app
    from ministack.core import router

    store, sampler = TraceStore(), Sampler(_rule(settings.trace_rate))
    api = XRayApi(store, sampler)
    patterns, handlers = (require(owner, name, patch=PATCH) for owner, name in
                          ((router, "SERVICE_PATTERNS"), (app, "SERVICE_HANDLERS")))
    if _SERVICE in patterns or _SERVICE in handlers:
        raise PatchError("The local cloud brings its own X-Ray, but this MiniStack has one.")
    patterns[_SERVICE] = {}
    handlers[_SERVICE] = _handler(api)
    swap(app, "_reset_all_state", lambda original: _resetting(original, store), patch=PATCH, parameters="")
    propagation.install()
    state_machine_settings.install()
    function_segments.install(store, sampler)
    execution_segments.install(store, sampler)
    daemon.start(settings.xray_port, store, _stranger())
    # Lambda sets both for every function ("Defined runtime environment variables"); workers inherit them.
    os.environ["AWS_XRAY_DAEMON_ADDRESS"] = f"127.0.0.1:{settings.xray_port}"
    os.environ["AWS_XRAY_CONTEXT_MISSING"] = "LOG_ERROR"
    return XRay(api)


def _rule(trace_rate: float | None) -> SamplingRule:
    return DEFAULT_RULE if trace_rate is None else SamplingRule(reservoir=0, rate=trace_rate)


def _stranger() -> tuple[str, str]:
    """MiniStack's default account, which owns what nobody else does."""
    from ministack.core import responses

    return responses.get_account_id(), responses.get_region()


def _handler(api: XRayApi) -> Any:
    async def handle(method: str, path: str, headers: Any, body: bytes, query_params: Any) -> Any:
        from ministack.core import responses

        return api.answer(method, path, body, (responses.get_account_id(), responses.get_region()))

    return handle


def _resetting(original: Any, store: TraceStore) -> Any:
    def reset_all_state() -> None:
        original()
        store.reset()

    return reset_all_state


def _is_signed(scope: dict[str, Any]) -> bool:
    return any(name.lower() == b"authorization" for name, _ in scope["headers"])
