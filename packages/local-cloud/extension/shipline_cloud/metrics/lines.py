"""A time series with gaps."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Line:
    """Values by the start of their period (seconds since the epoch)."""

    label: str
    period: int
    points: dict[float, float] = field(default_factory=dict)
