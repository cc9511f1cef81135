"""Metrics that a function writes into its log: the embedded metric format (EMF).

Stock MiniStack keeps such lines as text. On AWS each becomes metrics, one per set of dimensions; what does not follow
the format is ignored ("Specification: Embedded metric format", Amazon CloudWatch User Guide).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..metrics import store

MAX_DIMENSIONS = 30
MAX_METRICS = 100
MAX_VALUES = 100
_OLDEST_SECONDS = 14 * 24 * 3600
_NEWEST_SECONDS = 2 * 3600


@dataclass(frozen=True)
class Embedded:
    """One metric of a log event, with all its values."""

    namespace: str
    name: str
    dimensions: dict[str, str]
    unit: str
    time: float
    values: list[float]


def record(events: list[dict[str, Any]]) -> None:
    """Record the embedded metrics of log events of the current account."""
    for event in events:
        for metric in metrics_of(event.get("message", ""), time.time()):
            for value in metric.values:
                store.record(metric.namespace, metric.name, metric.dimensions, metric.time, metric.unit, value=value)


def metrics_of(message: str, now: float) -> Iterator[Embedded]:
    """The metrics that a log line carries; none when it is not in the format."""
    if '"_aws"' not in message or not message.lstrip().startswith("{"):
        return
    try:
        document = json.loads(message)
    except ValueError:
        return
    metadata = document.get("_aws")
    if not isinstance(metadata, dict) or not _is_number(metadata.get("Timestamp")):
        return
    at = metadata["Timestamp"] / 1000
    directives = metadata.get("CloudWatchMetrics")
    if isinstance(directives, list) and now - _OLDEST_SECONDS <= at <= now + _NEWEST_SECONDS:
        for directive in directives:
            yield from _of_directive(document, directive, at)


def _of_directive(document: dict[str, Any], directive: Any, at: float) -> Iterator[Embedded]:
    if not isinstance(directive, dict) or not _is_text(directive.get("Namespace")):
        return
    sets, definitions = directive.get("Dimensions"), directive.get("Metrics")
    if not isinstance(sets, list) or not isinstance(definitions, list) or len(definitions) > MAX_METRICS:
        return
    dimension_sets = [found for names in sets or [[]] if (found := _dimensions(document, names)) is not None]
    for definition in definitions:
        if not isinstance(definition, dict) or not _is_text(definition.get("Name")):
            continue
        values = _values(document.get(definition["Name"]))
        unit = definition.get("Unit")
        for dimensions in dimension_sets if values else []:
            yield Embedded(directive["Namespace"], definition["Name"], dimensions, unit if _is_text(unit) else "None",
                           at, values)


def _dimensions(document: dict[str, Any], names: Any) -> dict[str, str] | None:
    if not isinstance(names, list) or len(names) > MAX_DIMENSIONS:
        return None
    if not all(_is_text(name) and _is_text(document.get(name)) for name in names):
        return None
    return {name: document[name] for name in names}


def _values(target: Any) -> list[float]:
    values = target if isinstance(target, list) else [target]
    if len(values) > MAX_VALUES or not all(_is_number(value) for value in values):
        return []
    return [float(value) for value in values]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""
