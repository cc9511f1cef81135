"""Metrics are stored in bounded memory.

Stock MiniStack appends a dictionary per value, keeps it for two weeks and walks through all of them at every request:
after an hour of load every call to CloudWatch takes seconds. Here a metric is a `Series` of cells (cells.py). They live
in MiniStack's own dictionary, so that accounts, regions, the reset and the saved state work as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..patching import require, swap
from .cells import Series, cell_from

PATCH = "metric store"


def install() -> None:
    """Write to series, and save and load them as plain lists."""
    from ministack.services import cloudwatch

    for name in ("_metrics", "_dims_key"):
        require(cloudwatch, name, patch=PATCH)
    swap(cloudwatch, "_metric_bucket", lambda _: _bucket, patch=PATCH, parameters="key")
    swap(cloudwatch, "_evict_old_metrics", lambda _: lambda: None, patch=PATCH, parameters="")
    swap(cloudwatch, "get_state", _saving, patch=PATCH, parameters="")
    swap(cloudwatch, "_restore_state", _loading, patch=PATCH, parameters="data")


def record(
    namespace: str, name: str, dimensions: dict[str, str], time: float, unit: str, *, value: float, count: float = 1
) -> None:
    """Record a value of the current account's metric, seen `count` times."""
    point = {"Timestamp": time, "Unit": unit, "Dimensions": dimensions, "Value": value, "Count": count}
    _bucket(_key(namespace, name, dimensions)).append(point)


def series(namespace: str, name: str, dimensions: dict[str, str]) -> Series | None:
    """The current account's metric with exactly these dimensions."""
    from ministack.services import cloudwatch

    return cloudwatch._metrics.get(_key(namespace, name, dimensions))


def all_series() -> Iterator[tuple[str, str, Series]]:
    """(namespace, name, series) of the current account's metrics."""
    from ministack.services import cloudwatch

    for (namespace, name, _), found in cloudwatch._metrics.items():
        yield namespace, name, found


def compact(now: float) -> Iterator[None]:
    """Let every account's metrics age, one at a turn; metrics without any value left are forgotten."""
    from ministack.services import cloudwatch

    for key, found in list(cloudwatch._metrics._data.items()):
        found.compact(now)
        if not len(found):
            cloudwatch._metrics._data.pop(key, None)
        yield


def _bucket(key: tuple[str, str, str]) -> Series:
    from ministack.services import cloudwatch

    return cloudwatch._metrics.get(key) or cloudwatch._metrics.setdefault(key, Series())


def _key(namespace: str, name: str, dimensions: dict[str, str]) -> tuple[str, str, str]:
    from ministack.services import cloudwatch

    return namespace, name, cloudwatch._dims_key(dimensions)


def _saving(original: Any) -> Any:
    def get_state() -> dict[str, Any]:
        from ministack.services import cloudwatch

        plain = {
            key: {"dimensions": found.dimensions, "cells": [cell.plain() for cell in found]}
            for key, found in list(cloudwatch._metrics._data.items())
        }
        return {**original(), "metrics": type(cloudwatch._metrics).from_dict(plain)}

    return get_state


def _loading(original: Any) -> Any:
    def restore(data: dict[str, Any] | None) -> None:
        from ministack.services import cloudwatch

        original({**data, "metrics": {}} if data else data)
        saved = (data or {}).get("metrics")
        for key, plain in getattr(saved, "_data", {}).items():
            # Lists are of a stock MiniStack, whose metrics are not worth a conversion.
            if isinstance(plain, dict):
                cells = [cell_from(cell) for cell in plain["cells"]]
                cloudwatch._metrics._data[key] = Series(plain["dimensions"], cells)

    return restore
