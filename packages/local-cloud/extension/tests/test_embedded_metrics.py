"""Pure: which metrics a log line in the embedded metric format carries."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shipline_cloud.logs.embedded_metrics import Embedded, metrics_of

NOW = 1_800_000_000.0


def line(directive: dict[str, Any] | None = None, metadata: dict[str, Any] | None = None, **members: Any) -> str:
    directives = [{
        "Namespace": "Shop", "Dimensions": [["service"], ["service", "tier"], []],
        "Metrics": [{"Name": "orders", "Unit": "Count", "StorageResolution": 1}, {"Name": "total"}],
        **(directive or {}),
    }]
    aws = {"Timestamp": NOW * 1000, "CloudWatchMetrics": directives, **(metadata or {})}
    return json.dumps({"service": "orders", "tier": "gold", "orders": 2, "total": [1.5, 2], **members, "_aws": aws})


def found(text: str) -> list[Embedded]:
    return list(metrics_of(text, NOW))


def test_makes_a_metric_of_each_name_and_set_of_dimensions() -> None:
    both = {"service": "orders", "tier": "gold"}
    assert found(line()) == [
        Embedded("Shop", "orders", {"service": "orders"}, "Count", NOW, [2.0]),
        Embedded("Shop", "orders", both, "Count", NOW, [2.0]),
        Embedded("Shop", "orders", {}, "Count", NOW, [2.0]),
        Embedded("Shop", "total", {"service": "orders"}, "None", NOW, [1.5, 2.0]),
        Embedded("Shop", "total", both, "None", NOW, [1.5, 2.0]),
        Embedded("Shop", "total", {}, "None", NOW, [1.5, 2.0]),
    ]


@pytest.mark.parametrize("text", [
    "plain text", "{not json \"_aws\"", '{"a": 1}', '{"_aws": 1}',
    line(metadata={"Timestamp": "now"}), line(metadata={"Timestamp": (NOW - 15 * 86400) * 1000}),
    line(metadata={"Timestamp": (NOW + 3 * 3600) * 1000}), line(metadata={"CloudWatchMetrics": {}}),
    line({"Namespace": ""}), line({"Metrics": "orders"}), line({"Dimensions": "service"}),
    line({"Dimensions": [["missing"]]}), line({"Dimensions": [["orders"]]}), line({"Dimensions": [["service"] * 31]}),
    line({"Metrics": [{"Name": "missing"}, {"Unit": "Count"}, {"Name": "service"}]}),
    line({"Metrics": [{"Name": "orders"}]}, orders=True), line({"Metrics": [{"Name": "orders"}]}, orders=[1] * 101),
    line({"Metrics": [{"Name": "orders"}] * 101}),
])
def test_ignores_what_does_not_follow_the_format(text: str) -> None:
    assert found(text) == []


def test_keeps_the_valid_part_of_a_line() -> None:
    partly = line({"Dimensions": [["missing"], ["service"]], "Metrics": [{"Name": "service"}, {"Name": "orders"}]})
    assert [(metric.name, metric.dimensions) for metric in found(partly)] == [("orders", {"service": "orders"})]
