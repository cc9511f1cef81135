"""Loopback counts as an encrypted transport.

Stock MiniStack evaluates `aws:SecureTransport` in bucket and queue policies as false for every request, because it
speaks plain HTTP. The usual "TLS only" statement (AWS Foundational Security Best Practices, S3.5) then denies
everything, also CloudFront's reads of its origin. Requests never leave this machine here, so what the statement is
there for is given.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import ministack.app
from ministack.core import iam_evaluator

from .patching import swap

PATCH = "secure transport"


def install() -> None:
    """Answer policies that ask for TLS as AWS does for a request over TLS."""
    swap(ministack.app, "pin_request_origin", _secure, patch=PATCH, parameters="source_ip secure_transport")
    # What CloudFront reads of its origin is no request, so that nothing pins an origin for it.
    swap(iam_evaluator, "_request_origin", _secure_by_default, patch=PATCH)


def _secure(original: Any) -> Any:
    def pin_request_origin(source_ip: str, secure_transport: bool) -> None:
        original(source_ip, True)

    return pin_request_origin


def _secure_by_default(original: ContextVar[tuple[str, bool]]) -> ContextVar[tuple[str, bool]]:
    return ContextVar(original.name, default=("127.0.0.1", True))
