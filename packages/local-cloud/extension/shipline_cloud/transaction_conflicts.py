"""DynamoDB transactions conflict when they touch the same item at the same time.

Stock MiniStack runs one request after the other, so that no transaction ever meets another. On AWS an item is locked
while a TransactWriteItems request is going on: another transaction on it is cancelled with the reason
TransactionConflict, a single write is refused with TransactionConflictException, and a repeated client request token
with TransactionInProgressException ("Amazon DynamoDB Transactions: How it works", DynamoDB Developer Guide). Here
every write transaction keeps its items locked for HOLD_SECONDS before it is carried out.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import Any

from .patching import require, swap

PATCH = "transaction conflicts"
HOLD_SECONDS = 0.003
"""Long enough to be met by a request that arrives at the same time, short enough not to be felt."""

_CONFLICT = "Transaction is ongoing for the item"
_SINGLE_WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
Item = tuple[str, ...]
_locked: set[Item] = set()
_tokens: set[tuple[str, str]] = set()


def install() -> None:
    """Lock items during transactions; all of it happens on the event loop, so no lock is needed for the locks."""
    from ministack.services import dynamodb

    for name in ("_tables", "_normalize_table_name", "get_account_id", "get_region"):
        require(dynamodb, name, patch=PATCH)
    swap(dynamodb, "handle_request", _locking, patch=PATCH, parameters="method path headers body query_params")


def _locking(original: Any) -> Any:
    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query_params: Any) -> Any:
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        request = _parsed(body) if action in {"TransactWriteItems", "TransactGetItems", *_SINGLE_WRITES} else {}
        if action in _SINGLE_WRITES and _item(request) in _locked:
            return _error("TransactionConflictException", _CONFLICT)
        if _token(request) in _tokens:
            return _error(
                "TransactionInProgressException", "The transaction with the given request token is in progress"
            )
        items = _items_of(request)
        if conflict := _conflict(items):
            return conflict
        if action != "TransactWriteItems":
            return await original(method, path, headers, body, query_params)
        return await _hold(request, items, lambda: original(method, path, headers, body, query_params))

    return handle_request


async def _hold(request: dict[str, Any], items: list[Item | None], carry_out: Any) -> Any:
    token = _token(request)
    mine = {item for item in items if item is not None}
    _locked.update(mine)
    if token is not None:
        _tokens.add(token)
    try:
        await asyncio.sleep(HOLD_SECONDS)
        return await carry_out()
    finally:
        _locked.difference_update(mine)
        if token is not None:
            _tokens.discard(token)


def _token(request: dict[str, Any]) -> tuple[str, str] | None:
    from ministack.services import dynamodb

    token = request.get("ClientRequestToken")
    return (dynamodb.get_account_id(), str(token)) if token else None


def _conflict(items: list[Item | None]) -> Any:
    reasons = [
        {"Code": "TransactionConflict", "Message": _CONFLICT} if item in _locked else {"Code": "None"} for item in items
    ]
    if all(reason["Code"] == "None" for reason in reasons):
        return None
    codes = ", ".join(reason["Code"] for reason in reasons)
    message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
    return _error("TransactionCanceledException", message, CancellationReasons=reasons)


def _items_of(request: dict[str, Any]) -> list[Item | None]:
    entries = request.get("TransactItems")
    operations = [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []
    return [_item(next(iter(operation.values()), {})) for operation in operations]


def _item(operation: Any) -> Item | None:
    """Which item a single operation addresses; None when that cannot be told (the request will be refused)."""
    from ministack.services import dynamodb

    if not isinstance(operation, dict):
        return None
    name = dynamodb._normalize_table_name(operation.get("TableName"))
    table = dynamodb._tables.get(name) if isinstance(name, str) else None
    attributes = operation.get("Key") or operation.get("Item")
    if not table or not isinstance(attributes, dict):
        return None
    key = [json.dumps(attributes.get(part), sort_keys=True) for part in (table["pk_name"], table["sk_name"]) if part]
    return dynamodb.get_account_id(), dynamodb.get_region(), name, *key


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    return request if isinstance(request, dict) else {}


def _error(code: str, message: str, **details: Any) -> tuple[int, dict[str, str], bytes]:
    fields = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": message, "Message": message, **details}
    body = json.dumps(fields).encode()
    headers = {
        "Content-Type": "application/x-amz-json-1.0", "x-amzn-errortype": code, "x-amz-crc32": str(zlib.crc32(body))
    }
    return 400, headers, body
