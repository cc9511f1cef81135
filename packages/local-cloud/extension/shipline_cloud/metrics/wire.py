"""CloudWatch's three protocols (CBOR, JSON, Query) for operations that know requests and replies as dictionaries."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

Reply = tuple[int, dict[str, str], bytes]
Operation = Callable[[Any, Any, bool, bool], Reply]
"""An operation as MiniStack calls it: (query parameters, decoded body, is it CBOR, is it JSON)."""
_MEMBER = re.compile(r"\.member(?=\.\d)")


class RequestError(ValueError):
    """What the request asks for is refused; the message is the reply's."""

    def __init__(self, message: str, code: str = "ValidationError") -> None:
        super().__init__(message)
        self.code = code


def operation(name: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Operation:
    """Serve `answer` (request to reply, timestamps as seconds) in every protocol."""

    def serve(params: Any, body: Any, is_cbor: bool, is_json: bool = False) -> Reply:
        try:
            reply = answer(request_of(params, body, is_cbor, is_json))
        except RequestError as error:
            return refusal(error, is_cbor, is_json)
        return _encoded(name, reply, is_cbor, is_json)

    return serve


def request_of(params: Any, body: Any, is_cbor: bool, is_json: bool) -> dict[str, Any]:
    """The request as one dictionary; values of the Query protocol stay texts."""
    return body if is_cbor or is_json else _nested(params)


def refusal(error: RequestError, is_cbor: bool, is_json: bool) -> Reply:
    """The reply to a refused request."""
    from ministack.services import cloudwatch

    return cloudwatch._error(error.code, str(error), 400, use_json=is_json, use_cbor=is_cbor)


def _nested(params: dict[str, Any]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for key, value in params.items():
        *path, last = _MEMBER.sub("", key).split(".")
        place = root
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value[0] if isinstance(value, list) else value
    return _with_lists(root)


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdecimal() for key in value):
        return [_with_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _with_lists(item) for key, item in value.items()}


def _encoded(name: str, reply: dict[str, Any], is_cbor: bool, is_json: bool) -> Reply:
    from ministack.services import cloudwatch

    if is_cbor:
        return cloudwatch._cbor_ok(_with_times(reply, cloudwatch._cbor_timestamp))
    if is_json:
        return cloudwatch._json_ok(reply)
    document = _with_times(reply, cloudwatch._ts_iso)
    return cloudwatch._xml(200, f"{name}Response", f"<{name}Result>{_xml(document)}</{name}Result>")


def _with_times(value: Any, encode: Callable[[float], Any], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _with_times(item, encode, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_times(item, encode, key) for item in value]
    return encode(value) if key in ("Timestamp", "Timestamps") else value


def _xml(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f"<{name}>{_xml(item)}</{name}>" for name, item in value.items())
    if isinstance(value, list):
        return "".join(f"<member>{_xml(item)}</member>" for item in value)
    return escape(str(value))
