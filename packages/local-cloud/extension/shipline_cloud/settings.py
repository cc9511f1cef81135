"""The extension's settings, read once from the environment (README, 'Settings')."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from .deployment_clock import REAL_MINUTE_SECONDS


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names the variable."""


@dataclass(frozen=True)
class Settings:
    """What the process that starts the local cloud decides."""

    gateway_port: int
    """Port of the AWS endpoint on 127.0.0.1."""
    max_workers: int
    """Most Lambda worker processes that serve calls which are not nested in another call."""
    stall_seconds: int
    """After how long without progress a waiting call may exceed the cap."""
    minute_seconds: float
    """How many seconds one minute of a deployment takes at start (deployment_clock.py)."""
    xray_port: int
    """UDP port of the X-Ray daemon on 127.0.0.1."""
    trace_rate: float | None
    """Share of requests that are traced, 0 to 1; None keeps to X-Ray's default rule."""
    front_doors_file: Path | None
    """Where the open front doors are remembered; None remembers nothing."""


def read_settings() -> Settings:
    """Parse the environment. Raises SettingsError."""
    doors = os.environ.get("SHIPLINE_FRONT_DOORS_FILE", "").strip()
    gateway_port = _positive("GATEWAY_PORT", 4566)
    return Settings(
        gateway_port=gateway_port,
        max_workers=_positive("SHIPLINE_MAX_WORKERS", 8),
        stall_seconds=_positive("SHIPLINE_STALL_SECONDS", 2),
        minute_seconds=_minute_seconds("SHIPLINE_MINUTE_SECONDS"),
        xray_port=_positive("SHIPLINE_XRAY_PORT", gateway_port),
        trace_rate=_share("SHIPLINE_TRACE_RATE"),
        front_doors_file=Path(doors) if doors else None,
    )


def _positive(variable: str, default: int) -> int:
    raw = os.environ.get(variable, "").strip()
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) < 1:
        raise SettingsError(f"{variable} must be a whole number of at least 1, not '{raw}'.")
    return int(raw)


def _minute_seconds(variable: str) -> float:
    raw = os.environ.get(variable, "").strip()
    try:
        seconds = float(raw or REAL_MINUTE_SECONDS)
    except ValueError:
        seconds = 0.0
    if not 0.01 <= seconds <= 3600:
        raise SettingsError(f"{variable} must be a number from 0.01 to 3600, not '{raw}'.")
    return seconds


def _share(variable: str) -> float | None:
    raw = os.environ.get(variable, "").strip()
    if not raw:
        return None
    try:
        share = float(raw)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise SettingsError(f"{variable} must be a number from 0 to 1, not '{raw}'.")
    return share
