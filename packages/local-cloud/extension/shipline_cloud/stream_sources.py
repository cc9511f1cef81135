"""DynamoDB streams as event sources: failures are retried and reported as the mapping says, and survive a restart.

Stock MiniStack takes a batch for processed whatever `batchItemFailures` says, retries a failed one for ever (no
MaximumRetryAttempts, no BisectBatchOnFunctionError), blocks all event sources while one function runs, and saves an
event source's position but not the stream, so that after a restart as many records are lost as were ever read. On AWS
each shard is read by itself, in order ("Process records with Amazon DynamoDB Streams", AWS Lambda Developer Guide);
for failures see stream_batches.py, for what is given up stream_pointers.py.
"""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from . import stream_batches, stream_pointers
from .patching import require, swap
from .stream_batches import Condition, Entry, Policy

PATCH = "DynamoDB event sources"
_NO_LIMIT = -1
_in_work: set[str] = set()


def install() -> None:
    """Replace the poller of DynamoDB streams, and keep streams over a restart."""
    from ministack.services import dynamodb, lambda_svc

    for name in ("_iter_all_esms", "_get_func_record_for_qualifier", "_apply_filter_criteria", "_execute_function",
                 "_dynamodb_stream_positions", "_dynamodb_stream_positions_lock", "_esm_wake", "_request_account_id",
                 "_request_region", "_esms"):
        require(lambda_svc, name, patch=PATCH)
    for name in ("_stream_records", "_stream_trimmed", "_tables", "stream_start_position", "stream_end_position",
                 "stream_records_since"):
        require(dynamodb, name, patch=PATCH)
    swap(lambda_svc, "_poll_dynamodb_streams", lambda _: _poll, patch=PATCH, parameters="")
    swap(dynamodb, "get_state", _saving_streams, patch=PATCH, parameters="")
    swap(dynamodb, "load_persisted_state", _loading_streams, patch=PATCH, parameters="data")


def _saving_streams(original: Any) -> Any:
    from ministack.services import dynamodb

    def get_state() -> dict[str, Any]:
        records, trimmed = copy.deepcopy(dynamodb._stream_records), copy.deepcopy(dynamodb._stream_trimmed)
        return {**original(), "stream_records": records, "stream_trimmed": trimmed}

    return get_state


def _loading_streams(original: Any) -> Any:
    from ministack.services import dynamodb

    def load_persisted_state(data: dict[str, Any]) -> None:
        original(data)
        dynamodb._stream_records.update((data or {}).get("stream_records", {}))
        dynamodb._stream_trimmed.update((data or {}).get("stream_trimmed", {}))

    return load_persisted_state


def _poll() -> bool:
    """Start a reader for every event source that has records and no reader; whether one was started."""
    from ministack.services import lambda_svc

    started = False
    for account, region, mapping in lambda_svc._iter_all_esms():
        if mapping["UUID"] not in _in_work and _is_stream_of(mapping, account, region):
            context = copy_context()
            context.run(lambda_svc._request_account_id.set, account)
            context.run(lambda_svc._request_region.set, region)
            if context.run(_has_records, mapping):
                _in_work.add(mapping["UUID"])
                threading.Thread(target=context.run, args=(_read, mapping), daemon=True, name="stream-reader").start()
                started = True
    return started


def _is_stream_of(mapping: dict[str, Any], account: str, region: str) -> bool:
    prefix = f"arn:aws:dynamodb:{region}:{account}:table/"
    return bool(mapping.get("Enabled", True)) and str(mapping.get("EventSourceArn", "")).startswith(prefix)


def _table_of(mapping: dict[str, Any]) -> str | None:
    from ministack.services import dynamodb

    name = mapping["EventSourceArn"].split(":table/", 1)[1].split("/stream/", 1)[0]
    table = dynamodb._tables.get(name)
    return name if table and table.get("LatestStreamArn") == mapping["EventSourceArn"] else None


def _has_records(mapping: dict[str, Any]) -> bool:
    from ministack.services import dynamodb

    table = _table_of(mapping)
    return table is not None and _position(mapping, table) < dynamodb.stream_end_position(table)


def _position(mapping: dict[str, Any], table: str) -> int:
    from ministack.services import dynamodb, lambda_svc

    start = dynamodb.stream_start_position(table)
    first = start if mapping.get("StartingPosition") == "TRIM_HORIZON" else dynamodb.stream_end_position(table)
    with lambda_svc._dynamodb_stream_positions_lock:
        return max(lambda_svc._dynamodb_stream_positions.setdefault(mapping["UUID"], first), start)


def _read(mapping: dict[str, Any]) -> None:
    from ministack.services import lambda_svc

    try:
        for source, entries, end in _batches(mapping):
            if not stream_batches.process(entries, end, _policy(mapping), source):
                return
    finally:
        _in_work.discard(mapping["UUID"])
        lambda_svc._esm_wake.set()


def _batches(mapping: dict[str, Any]) -> Iterator[tuple[_Source, list[Entry], int]]:
    from ministack.services import dynamodb, lambda_svc

    while (table := _table_of(mapping)) is not None and _is_alive(mapping):
        source = _Source(mapping)
        position = _position(mapping, table)
        records = dynamodb.stream_records_since(table, position, int(mapping.get("BatchSize") or 100))
        if not records or source.function() is None:
            return
        kept = {id(record) for record in lambda_svc._apply_filter_criteria(records, mapping)}
        entries = [Entry(position + index, record) for index, record in enumerate(records) if id(record) in kept]
        if entries:
            yield source, entries, position + len(records)
        else:
            source.commit(position + len(records))


def _is_alive(mapping: dict[str, Any]) -> bool:
    from ministack.services import lambda_svc

    return lambda_svc._esms.get(mapping["UUID"]) is mapping and bool(mapping.get("Enabled", True))


def _policy(mapping: dict[str, Any]) -> Policy:
    def limit(name: str) -> int:
        value = mapping.get(name)
        return _NO_LIMIT if value is None else int(value)

    return Policy(
        maximum_retry_attempts=limit("MaximumRetryAttempts"),
        maximum_record_age_seconds=limit("MaximumRecordAgeInSeconds"),
        bisect=str(mapping.get("BisectBatchOnFunctionError", False)).lower() == "true",
        report_item_failures="ReportBatchItemFailures" in (mapping.get("FunctionResponseTypes") or []),
    )


@dataclass
class _Source:
    """One event source mapping, as stream_batches.process sees it."""

    mapping: dict[str, Any]

    def function(self) -> dict[str, Any] | None:
        from ministack.services import lambda_svc

        record, _ = lambda_svc._get_func_record_for_qualifier(
            self.mapping["FunctionName"], self.mapping.get("Qualifier")
        )
        return record

    def invoke(self, records: list[dict[str, Any]]) -> dict[str, Any]:
        from ministack.services import lambda_svc

        function = self.function()
        if function is None:
            return {"error": True, "throttle": True}
        result = lambda_svc._execute_function(function, {"Records": records})
        self.mapping["LastProcessingResult"] = "FAILED" if result.get("error") else f"OK - {len(records)} records"
        return result

    def wait(self, seconds: float) -> bool:
        time.sleep(seconds)
        return _is_alive(self.mapping)

    def commit(self, position: int) -> None:
        from ministack.services import lambda_svc

        with lambda_svc._dynamodb_stream_positions_lock:
            lambda_svc._dynamodb_stream_positions[self.mapping["UUID"]] = position

    def discard(self, entries: list[Entry], condition: Condition, invocations: int, result: dict[str, Any]) -> None:
        destination = ((self.mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination", "")
        if destination.startswith("arn:aws:sqs:"):
            config = (self.function() or {}).get("config", {})
            stream_pointers.send(destination, self.mapping, config, entries, condition, invocations, result)

    def now(self) -> float:
        return time.time()
