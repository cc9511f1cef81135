"""What becomes of a batch of stream records when its function fails: retry, halve, give up. No MiniStack here.

The rules are those of "Configuring partial batch response with DynamoDB and Lambda" and "Retain discarded records for a
DynamoDB event source in Lambda" (AWS Lambda Developer Guide).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

FIRST_WAIT_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 5.0
Condition = Literal["RetryAttemptsExhausted", "MaxRecordAgeExceeded"]


@dataclass(frozen=True)
class Entry:
    """A record that passed the filter, and its place in the stream."""

    position: int
    record: dict[str, Any]

    @property
    def sequence_number(self) -> str:
        return str(self.record["dynamodb"]["SequenceNumber"])

    @property
    def created(self) -> float:
        """Seconds since the epoch."""
        return float(self.record["dynamodb"]["ApproximateCreationDateTime"])


@dataclass(frozen=True)
class Policy:
    """The error handling of an event source mapping; -1 means without limit, as in its API."""

    maximum_retry_attempts: int = -1
    maximum_record_age_seconds: int = -1
    bisect: bool = False
    report_item_failures: bool = False


class Port(Protocol):
    """What a batch needs of its surroundings."""

    def invoke(self, records: list[dict[str, Any]]) -> dict[str, Any]:
        """Call the function; MiniStack's result {body, error?, throttle?}."""

    def wait(self, seconds: float) -> bool:
        """Wait before a retry; False when the event source is gone or disabled."""

    def commit(self, position: int) -> None:
        """Everything before `position` is done with."""

    def discard(self, entries: list[Entry], condition: Condition, invocations: int, result: dict[str, Any]) -> None:
        """Tell the on-failure destination, if there is one."""

    def now(self) -> float:
        """Seconds since the epoch."""


@dataclass
class _Part:
    entries: list[Entry]
    failures: int = 0
    """Failed invocations that count as retry attempts; halving does not count."""
    waits: int = 0
    invocations: int = 0
    last_result: dict[str, Any] = field(default_factory=dict)


def process(entries: list[Entry], end: int, policy: Policy, port: Port) -> bool:
    """Bring one batch to its end, in order, and commit `end` (the place behind it and what was filtered out).

    False when the event source went away in the middle; what was committed until then stays.
    """
    parts = deque([_Part(entries)])
    while parts:
        part = parts.popleft()
        if _given_up(part, policy, port):
            port.commit(part.entries[-1].position + 1)
            continue
        if part.waits and not port.wait(min(FIRST_WAIT_SECONDS * 2 ** (part.waits - 1), LONGEST_WAIT_SECONDS)):
            return False
        parts.extendleft(reversed(_after_invocation(part, policy, port)))
    port.commit(end)
    return True


def _given_up(part: _Part, policy: Policy, port: Port) -> bool:
    oldest = min(entry.created for entry in part.entries)
    condition: Condition
    if 0 <= policy.maximum_record_age_seconds < port.now() - oldest:
        condition = "MaxRecordAgeExceeded"
    elif 0 <= policy.maximum_retry_attempts < part.failures:
        condition = "RetryAttemptsExhausted"
    else:
        return False
    port.discard(part.entries, condition, part.invocations, part.last_result)
    return True


def _after_invocation(part: _Part, policy: Policy, port: Port) -> list[_Part]:
    """Invoke, and return what is left to do of `part`, in order."""
    result = port.invoke([entry.record for entry in part.entries])
    invocations, waits = part.invocations + 1, part.waits + 1
    if result.get("throttle"):
        return [_Part(part.entries, part.failures, waits, invocations, result)]
    done = _checkpoint(part.entries, result, policy.report_item_failures)
    if done == len(part.entries):
        port.commit(part.entries[-1].position + 1)
        return []
    rest = part.entries[done:]
    if done:
        port.commit(rest[0].position)
        waits = 1
    if policy.bisect and len(rest) > 1 and (done == 0 or policy.report_item_failures):
        middle = len(rest) // 2
        failures = 0 if done else part.failures
        return [_Part(half, failures, waits, invocations, result) for half in (rest[:middle], rest[middle:])]
    return [_Part(rest, 1 if done else part.failures + 1, waits, invocations, result)]


def _checkpoint(entries: list[Entry], result: dict[str, Any], report_item_failures: bool) -> int:
    """How many entries from the front are done: all, none, or those before the lowest reported failure."""
    if result.get("error"):
        return 0
    body = result.get("body")
    if not report_item_failures or not isinstance(body, dict):
        return len(entries)
    reported = body.get("batchItemFailures") or []
    if not reported:
        return len(entries)
    places = {entry.sequence_number: index for index, entry in enumerate(entries)}
    # An identifier that is empty, null, missing or unknown makes the whole batch a failure.
    indexes = [places.get(str(item.get("itemIdentifier")) if isinstance(item, dict) else "", 0) for item in reported]
    return min(indexes)
