"""A log event as a query of Logs Insights sees it: system fields, and the fields of its JSON or of Lambda's own lines.

"Supported logs and discovered fields" (Amazon CloudWatch Logs User Guide).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from .json_fields import ABSENT, parsed

_REQUEST = re.compile(r"^(START|END|REPORT) RequestId: (\S+)")
_MEASURES = {
    "@duration": (re.compile(r"\tDuration: ([\d.]+) ms"), 1),
    "@billedDuration": (re.compile(r"\tBilled Duration: ([\d.]+) ms"), 1),
    "@initDuration": (re.compile(r"\tInit Duration: ([\d.]+) ms"), 1),
    "@memorySize": (re.compile(r"\tMemory Size: ([\d.]+) MB"), 1_000_000),
    "@maxMemoryUsed": (re.compile(r"\tMax Memory Used: ([\d.]+) MB"), 1_000_000),
}


class Moment(float):
    """Milliseconds since the epoch, shown as a date and time."""

    def __str__(self) -> str:
        moment = datetime.fromtimestamp(self / 1000, tz=timezone.utc)
        return moment.strftime("%Y-%m-%d %H:%M:%S.") + f"{moment.microsecond // 1000:03d}"


class Record:
    """One row of a query: what commands have computed comes before the event's own fields."""

    __slots__ = ("_document", "computed", "event")

    def __init__(self, event: Mapping[str, Any]) -> None:
        self.event = event
        self.computed: dict[str, Any] = {}
        self._document: Any = None

    def get(self, name: str) -> Any:
        """The value of a field; None when the row has none."""
        if name in self.computed:
            return self.computed[name]
        if name == "@timestamp":
            return Moment(self.event["_timestamp_ms"]) if "_timestamp_ms" in self.event else None
        if name.startswith("@"):
            return self.event[name] if name in self.event else self._lambda_field(name)
        return self._of_document(name)

    def _lambda_field(self, name: str) -> Any:
        message = str(self.event.get("@message", ""))
        line = _REQUEST.match(message)
        if line and name in ("@type", "@requestId"):
            return line[1] if name == "@type" else line[2]
        if name in _MEASURES and line and line[1] == "REPORT":
            expression, factor = _MEASURES[name]
            measured = expression.search(message)
            return float(measured[1]) * factor if measured else None
        return None

    def _of_document(self, name: str) -> Any:
        if self._document is None:
            self._document = parsed(str(self.event.get("@message", "")))
        value = self._document
        if isinstance(value, dict) and name in value:
            return value[name]
        for part in name.split("."):
            if isinstance(value, dict) and part in value:
                value = value[part]
            elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
                value = value[int(part)]
            else:
                return None
        return None if value is ABSENT else value
