"""The document that an on-failure destination gets about records of a stream that were given up.

It points to the records and does not contain them ("Retain discarded records for a DynamoDB event source in Lambda",
AWS Lambda Developer Guide). Stock MiniStack writes it with an invoke count of 1 and the version $LATEST, and only for
records that became too old.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from .stream_batches import Condition, Entry


def send(
    queue_arn: str, mapping: dict[str, Any], config: dict[str, Any], entries: list[Entry], condition: Condition,
    invocations: int, result: dict[str, Any],
) -> None:
    """Put the document into an SQS queue. `config` is the function's, `result` that of its last invocation."""
    document: dict[str, Any] = {
        "requestContext": {
            "requestId": str(uuid4()),
            "functionArn": config.get("FunctionArn", mapping.get("FunctionArn", "")),
            "condition": condition,
            "approximateInvokeCount": invocations,
        },
        "responseContext": {"statusCode": 200, "executedVersion": config.get("Version", "$LATEST")},
        "version": "1.0",
        "timestamp": _iso(time.time(), "milliseconds"),
        "DDBStreamBatchInfo": _batch_info(entries, mapping["EventSourceArn"]),
    }
    if result.get("error"):
        document["responseContext"]["functionError"] = "Unhandled"
    _send_message(queue_arn, json.dumps(document))


def _batch_info(entries: list[Entry], stream_arn: str) -> dict[str, Any]:
    first, last = entries[0], entries[-1]
    return {
        "shardId": "shardId-00000000000000000000-00000000",
        "startSequenceNumber": first.sequence_number,
        "endSequenceNumber": last.sequence_number,
        "approximateArrivalOfFirstRecord": _iso(first.created, "seconds"),
        "approximateArrivalOfLastRecord": _iso(last.created, "seconds"),
        "batchSize": len(entries),
        "streamArn": stream_arn,
    }


def _send_message(queue_arn: str, body: str) -> None:
    from ministack import app

    *_, account, name = queue_arn.split(":")
    request = json.dumps({"QueueUrl": f"http://127.0.0.1/{account}/{name}", "MessageBody": body}).encode()
    headers = {"x-amz-target": "AmazonSQS.SendMessage", "content-type": "application/x-amz-json-1.0"}
    status, _, answer = app.call_service_handler_sync(app.SERVICE_HANDLERS["sqs"], "POST", "/", headers, request, {})
    if status >= 400:
        print(f"A failed batch could not be reported to {queue_arn}: {answer!r}", file=sys.stderr)


def _iso(seconds: float, precision: str) -> str:
    text = datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec=precision)
    return text.replace("+00:00", "Z")
