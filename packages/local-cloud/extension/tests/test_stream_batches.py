"""The rules for failed batches, without a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from shipline_cloud.stream_batches import Entry, Policy, process


def entries(count: int, created: float = 1000) -> list[Entry]:
    return [Entry(index, {"dynamodb": {"SequenceNumber": f"s{index}", "ApproximateCreationDateTime": created}})
            for index in range(count)]


@dataclass
class Fake:
    """A function that fails on `poison`, by throwing or by reporting it."""

    poison: set[str] = field(default_factory=set)
    reports: bool = False
    heals_after: int = 10**6
    clock: float = 1000
    alive: bool = True
    calls: list[list[str]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    discarded: list[tuple[list[str], str, int]] = field(default_factory=list)
    committed: int = 0

    def invoke(self, records: list[dict[str, Any]]) -> dict[str, Any]:
        names = [record["dynamodb"]["SequenceNumber"] for record in records]
        self.calls.append(names)
        failed = [name for name in names if name in self.poison and len(self.calls) <= self.heals_after]
        if failed and not self.reports:
            return {"error": True, "body": {"errorType": "Error"}}
        return {"body": {"batchItemFailures": [{"itemIdentifier": name} for name in reversed(failed)]}}

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return self.alive

    def commit(self, position: int) -> None:
        assert position >= self.committed, "a stream is never read backwards"
        self.committed = position

    def discard(self, discarded: list[Entry], condition: str, invocations: int, result: dict[str, Any]) -> None:
        self.discarded.append(([entry.sequence_number for entry in discarded], condition, invocations))

    def now(self) -> float:
        return self.clock


def test_commits_a_batch_that_succeeds_with_what_was_filtered_behind_it() -> None:
    port = Fake()
    assert process(entries(3), 7, Policy(), port)
    assert (port.calls, port.committed) == ([["s0", "s1", "s2"]], 7)


def test_retries_from_the_lowest_reported_failure() -> None:
    port = Fake({"s1", "s2"}, reports=True, heals_after=1)
    process(entries(4), 4, Policy(report_item_failures=True), port)
    assert port.calls == [["s0", "s1", "s2", "s3"], ["s1", "s2", "s3"]]


def test_ignores_the_report_when_the_mapping_does_not_ask_for_it() -> None:
    port = Fake({"s1"}, reports=True)
    process(entries(2), 2, Policy(), port)
    assert len(port.calls) == 1


@pytest.mark.parametrize("item", [{"itemIdentifier": ""}, {"itemIdentifier": None}, {"wrong": "s1"}, "s1"])
def test_takes_a_malformed_report_for_a_failure_of_all(item: Any) -> None:
    port = Fake()
    answers: list[dict[str, Any]] = [{"body": {"batchItemFailures": [item]}}, {"body": None}]
    port.invoke = lambda records: (port.calls.append([]), answers.pop(0))[1]  # type: ignore[method-assign]
    process(entries(2), 2, Policy(report_item_failures=True), port)
    assert len(port.calls) == 2


def test_gives_up_after_the_retries_and_goes_on_behind_the_batch() -> None:
    port = Fake({"s1"})
    assert process(entries(2), 2, Policy(maximum_retry_attempts=2), port)
    assert len(port.calls) == 3
    assert port.discarded == [(["s0", "s1"], "RetryAttemptsExhausted", 3)]
    assert port.committed == 2
    assert port.waits == [0.25, 0.5]


def test_never_gives_up_without_a_limit() -> None:
    port = Fake({"s0"}, heals_after=30)
    assert process(entries(1), 1, Policy(), port)
    assert (len(port.calls), port.discarded, max(port.waits)) == (31, [], 5.0)


def test_halves_until_only_the_poisoned_record_is_discarded() -> None:
    port = Fake({"s2"})
    process(entries(4), 4, Policy(maximum_retry_attempts=0, bisect=True), port)
    assert port.calls == [["s0", "s1", "s2", "s3"], ["s0", "s1"], ["s2", "s3"], ["s2"], ["s3"]]
    assert [names for names, *_ in port.discarded] == [["s2"]]


def test_halves_behind_the_reported_record_when_both_are_asked_for() -> None:
    port = Fake({"s1"}, reports=True)
    process(entries(5), 5, Policy(maximum_retry_attempts=1, bisect=True, report_item_failures=True), port)
    assert [names for names, *_ in port.discarded] == [["s1"]]
    assert port.calls[1] == ["s1", "s2"] and {"s2"} <= set(port.calls[3] + port.calls[4])


def test_discards_what_has_become_too_old() -> None:
    port = Fake({"s0"}, clock=1061)
    process(entries(1), 1, Policy(maximum_record_age_seconds=60), port)
    assert port.discarded == [(["s0"], "MaxRecordAgeExceeded", 0)]
    assert port.calls == []


def test_stops_without_loss_when_the_event_source_goes_away() -> None:
    port = Fake({"s1"}, reports=True, alive=False)
    assert not process(entries(3), 3, Policy(report_item_failures=True), port)
    assert port.committed == 1
