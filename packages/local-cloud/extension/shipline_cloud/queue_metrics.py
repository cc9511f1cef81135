"""`AWS/SQS` metrics of what waits in each queue, once a minute.

Stock MiniStack publishes none, so that an alarm on a dead-letter queue or on a backlog stays OK for ever. On AWS every
active queue reports ApproximateNumberOfMessagesVisible, ApproximateNumberOfMessagesNotVisible,
ApproximateNumberOfMessagesDelayed and ApproximateAgeOfOldestMessage each minute, by QueueName; in a dead-letter queue
the age counts from the moment at which the message was moved there ("Available CloudWatch metrics for Amazon SQS",
Amazon SQS Developer Guide). Here a queue is active from its first message on.
"""

from __future__ import annotations

from typing import Any

from .metrics import store
from .patching import require

PATCH = "AWS/SQS metrics"
_active: set[str] = set()
"""ARNs of queues that had a message since the server started."""


def install() -> None:
    """Make sure that queues can still be read as they are here."""
    from ministack.services import sqs

    for name in ("_queues", "_queues_lock", "_refresh_counts"):
        require(sqs, name, patch=PATCH)


def publish(end: float) -> None:
    """Report every active queue for the minute that ended at `end`, at which it is looked at."""
    from ministack.core.responses import request_scope
    from ministack.services import sqs

    for (account, region, _), queue in list(sqs._queues._data.items()):
        with sqs._queues_lock:
            waiting = _waiting(queue, end)
        arn = str(queue["attributes"]["QueueArn"])
        if any(waiting.values()):
            _active.add(arn)
        if arn in _active:
            with request_scope(account, region):
                _record(arn.rsplit(":", 1)[1], waiting, end - 0.1)


def _waiting(queue: dict[str, Any], now: float) -> dict[str, float]:
    from ministack.services import sqs

    sqs._refresh_counts(queue)
    counted = queue["attributes"]
    arrivals = [message.get("enqueued_at", message.get("sent_at", now)) for message in queue["messages"]]
    return {
        "ApproximateNumberOfMessagesVisible": float(counted["ApproximateNumberOfMessages"]),
        "ApproximateNumberOfMessagesNotVisible": float(counted["ApproximateNumberOfMessagesNotVisible"]),
        "ApproximateNumberOfMessagesDelayed": float(counted["ApproximateNumberOfMessagesDelayed"]),
        "ApproximateAgeOfOldestMessage": max(0.0, now - min(arrivals, default=now)),
    }


def _record(queue: str, waiting: dict[str, float], at: float) -> None:
    for name, value in waiting.items():
        unit = "Seconds" if name == "ApproximateAgeOfOldestMessage" else "Count"
        store.record("AWS/SQS", name, {"QueueName": queue}, at, unit, value=value)
