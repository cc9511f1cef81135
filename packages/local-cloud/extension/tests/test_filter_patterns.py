"""Pure: filter patterns of CloudWatch Logs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shipline_cloud.logs.filter_patterns import compiled

EVENT = json.dumps({
    "level": "ERROR", "status": 503, "latency": 12.5, "ok": False, "user": None, "tags": ["a", "b"],
    "order": {"id": "ord_1", "items": [{"sku": "tea"}, {"sku": "mug"}]}, "odd-name": "x",
})
ACCESS = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534'


@pytest.mark.parametrize(("pattern", "message", "matches"), [
    ("", "anything", True),
    ("ERROR", "[ERROR 400] BAD REQUEST", True),
    ("ERROR", "error", False),
    ("ERROR REQUEST", "[ERROR 400] BAD REQUEST", True),
    ("ERROR REQUEST", "[ERROR 400]", False),
    ('"BAD REQUEST"', "[ERROR 400] BAD REQUEST", True),
    ('"BAD REQUEST"', "REQUEST BAD", False),
    ('"say \\"no\\""', 'they say "no"', True),
    ("?ERROR ?WARN", "WARN disk", True),
    ("?ERROR ?WARN", "INFO disk", False),
    ("disk ?ERROR ?WARN", "INFO disk", True),
    ("ERROR -Exiting", "ERROR Exiting", False),
    ("ERROR -Exiting", "ERROR going on", True),
    ('-"going on"', "ERROR going on", False),
    ("%ERROR [0-9]+%", "[ERROR 400]", True),
    ("%ERROR [0-9]+%", "[ERROR x]", False),
])
def test_matches_terms(pattern: str, message: str, matches: bool) -> None:
    assert (compiled(pattern).match(message) is not None) == matches


@pytest.mark.parametrize(("pattern", "matches"), [
    ('{ $.level = "ERROR" }', True),
    ("{ $.level = ERROR }", True),
    ('{$.level="ERR*"}', True),
    ('{ $.level = "*ROR" && $.status > 3 }', True),
    ('{ $.level != "ERROR" || $.status >= 503 }', True),
    ('{ ($.level = "INFO" || $.status < 500) && $.latency = 12.5 }', False),
    ("{ $.status = 503.0 }", True),
    ("{ $.status = 50* }", True),
    ("{ $.latency <= 12 }", False),
    ("{ $.ok IS FALSE }", True),
    ("{ $.ok IS TRUE }", False),
    ("{ $.user IS NULL }", True),
    ("{ $.missing NOT EXISTS }", True),
    ("{ $.level NOT EXISTS }", False),
    ("{ $.missing != 1 }", False),
    ('{ $.order.items[1].sku = "mug" }', True),
    ('{ $.order.items[*].sku = "tea" }', True),
    ('{ $.tags[2] = "c" }', False),
    ('{ $.odd-name = "x" }', True),
    ('{ $.level = %E[R]+OR% }', True),
])
def test_matches_json(pattern: str, matches: bool) -> None:
    assert (compiled(pattern).match(EVENT) is not None) == matches
    assert compiled(pattern).match("no json") is None


@pytest.mark.parametrize(("pattern", "matches"), [
    ("[ip, user, name, time, request, status, bytes]", True),
    ("[ip, user, name, time, request, status]", False),
    ("[ip, user, name, time, request, status = 4*, bytes > 1000]", True),
    ("[ip, user, name, time, request, status = 5*, bytes]", False),
    ("[..., status = 404 || status = 410, bytes]", True),
    ("[ip != 127.0.0.1, ...]", False),
    ('[ip, ..., request = "GET /index*", status, bytes]', True),
    ("[ip=%127\\.0\\.[0-9.]+%, ...]", True),
    ("[..., bytes >= 1000 && bytes < 1534]", False),
])
def test_matches_space_delimited_events(pattern: str, matches: bool) -> None:
    assert (compiled(pattern).match(ACCESS) is not None) == matches


def test_finds_the_fields_of_a_match() -> None:
    json_fields: Any = compiled('{ $.level = "*" }').match(EVENT)
    assert (json_fields("$.latency"), json_fields("$.order.items[0].sku")) == (12.5, "tea")
    words: Any = compiled("[ip, ..., status, bytes]").match(ACCESS)
    assert (words("$ip"), words("$bytes")) == ("127.0.0.1", "1534")
    with pytest.raises(KeyError):
        json_fields("$.missing")


@pytest.mark.parametrize("pattern", [
    "{ $.a = 1", "{ $.a }", "{ a = 1 }", "{ $.a > x }", "{ $.a = 1 && }", "[a, b", "[..., a, ...]", "[= 1]",
    'ERROR "open', "{ $.a IS MAYBE }",
])
def test_refuses_what_cannot_be_understood(pattern: str) -> None:
    with pytest.raises(ValueError, match="filter pattern|not written as"):
        compiled(pattern)
