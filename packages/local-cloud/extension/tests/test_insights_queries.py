"""Pure: queries of Logs Insights over log events."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shipline_cloud.logs.insights_nodes import QueryError
from shipline_cloud.logs.insights_query import run

MINUTE = 1_800_000_000_000 // 60_000 * 60_000
LINES: list[Any] = [
    {"level": "INFO", "route": "/cart", "ms": 10, "order": {"id": "ord_1"}},
    {"level": "ERROR", "route": "/cart", "ms": 30, "message": "no stock: tea"},
    {"level": "INFO", "route": "/orders", "ms": 20},
    {"level": "INFO", "route": "/cart", "ms": 50},
    "REPORT RequestId: 1-2\tDuration: 12.50 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tInit Duration: 99.00 ms",
]
EVENTS = [
    {"_timestamp_ms": MINUTE + number * 30_000, "@message": text if isinstance(text, str) else json.dumps(text),
     "@logStream": "s", "@log": "g", "@ptr": str(number)}
    for number, text in enumerate(LINES)
]


def rows(query: str) -> list[dict[str, str]]:
    result = run(query, reversed(EVENTS))
    return [{cell["field"]: cell["value"] for cell in row if cell["field"] != "@ptr"} for row in result.rows]


def values(query: str, name: str) -> list[str | None]:
    return [row.get(name) for row in rows(query)]


def test_shows_the_newest_first_unless_sorted() -> None:
    assert values("fields ms", "ms") == [None, "50", "20", "30", "10"]
    assert values("fields ms | sort @timestamp asc | limit 2", "ms") == ["10", "30"]
    assert values("filter ispresent(ms) | sort ms desc, route | fields ms", "ms") == ["50", "30", "20", "10"]
    assert set(rows("limit 1")[0]) == {"@timestamp", "@message", "@logStream", "@log"}
    assert rows("fields @timestamp | sort @timestamp asc | limit 1") == [{"@timestamp": "2027-01-15 08:00:00.000"}]


@pytest.mark.parametrize(("condition", "expected"), [
    ('level = "ERROR"', ["30"]),
    ("level != 'ERROR'", ["50", "20", "10"]),
    ("ms >= 20 and ms < 50", ["20", "30"]),
    ("ms = 10 or (route = '/orders' and not level = 'ERROR')", ["20", "10"]),
    ("route like /^.CART$/i", ["50", "30", "10"]),
    ("route like 'ord'", ["20"]),
    ("route not like /cart/", ["20"]),
    ("route =~ /orders/", ["20"]),
    ("route in ['/orders', '/none']", ["20"]),
    ("route not in ['/orders', '/none']", ["50", "30", "10"]),
    ("order.id = 'ord_1'", ["10"]),
    ("ms / 10 = 3 # a comment", ["30"]),
    ("strcontains(message, 'stock')", ["30"]),
    ("toMillis(@timestamp) <= " + str(MINUTE + 30_000), ["30", "10"]),
    ("coalesce(message, level) = 'INFO'", ["50", "20", "10"]),
])
def test_filters(condition: str, expected: list[str]) -> None:
    assert values(f"fields ms\n| filter {condition}", "ms") == expected


def test_counts_and_measures_by_groups() -> None:
    by_route = "stats count(*) as calls, avg(ms), pct(ms, 50) as p50, max(ms), sum(ms)/count(*) as mean by route"
    assert rows(f"filter ispresent(ms) | {by_route} | sort calls desc") == [
        {"route": "/cart", "calls": "3", "avg(ms)": "30", "p50": "30", "max(ms)": "50", "mean": "30"},
        {"route": "/orders", "calls": "1", "avg(ms)": "20", "p50": "20", "max(ms)": "20", "mean": "20"},
    ]
    assert values("stats count(*) by bin(1m) | sort bin(1m)", "count(*)") == ["2", "2", "1"]
    assert rows("stats count(*) by bin(1m) as at | sort at | limit 1") == [
        {"at": "2027-01-15 08:00:00.000", "count(*)": "2"}]
    assert rows("stats count_distinct(route) as routes, sum(ms) as total, min(ms) as least, count(ms) as n") == [
        {"routes": "2", "total": "110", "least": "10", "n": "4"}]
    assert rows("filter level = 'NONE' | stats count(*) as n") == [{"n": "0"}]
    assert rows("filter ispresent(route) | stats latest(ms) as last, earliest(ms) as first by route | sort route") == [
        {"route": "/cart", "last": "50", "first": "10"}, {"route": "/orders", "last": "20", "first": "20"}]


def test_computes_parses_and_removes_duplicates() -> None:
    assert values("fields ms * 2 + 1 as more | filter more > 60", "more") == ["101", "61"]
    assert values('parse message "no *: *" as what, sku | filter ispresent(sku) | display sku', "sku") == ["tea"]
    assert values("parse @message '\"route\": \"/*\", \"ms\"' as where | filter ispresent(where) | display where",
                  "where") == ["cart", "orders", "cart", "cart"]
    assert values("parse @message /no (?<what>\\w+)/ | filter ispresent(what) | display what", "what") == ["stock"]
    assert values("filter ispresent(route) | dedup route | display route", "route") == ["/cart", "/orders"]
    assert values("filter ispresent(ms) | dedup message | display ms", "ms") == ["50", "20", "30", "10"]


def test_knows_the_fields_of_lambda() -> None:
    query = "filter @type = 'REPORT' | stats max(@duration) as ms, avg(@initDuration) as init, max(@memorySize) as mb"
    assert rows(query) == [{"ms": "12.5", "init": "99", "mb": "128000000"}]
    assert values("filter @requestId = '1-2' | display @billedDuration", "@billedDuration") == ["13"]


def test_tells_how_many_events_matched() -> None:
    assert run("filter level = 'INFO' | limit 1", EVENTS).matched == 3


@pytest.mark.parametrize(("query", "sentence"), [
    ("unmask x", "does not know the command 'unmask'"),
    ("filter", "cannot be understood at: its end"),
    ("fields a | filter b ==", "cannot be understood at"),
    ("filter x like /(/", "cannot be understood"),
    ("stats count(*) by bin(5x)", "cannot be understood at|no length of time"),
    ("fields jsonparse(x)", "does not know jsonparse"),
    ("stats ms", "needs functions"),
    ("stats sum()", "needs a field"),
])
def test_refuses_with_a_sentence(query: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        run(query, EVENTS)
