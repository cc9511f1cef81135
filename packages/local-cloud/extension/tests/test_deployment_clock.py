"""The clock of deployments: its pace is a setting, can be changed while it runs, and is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cloud import Cloud
from shipline_cloud.deployment_clock import DeploymentClock
from test_start import start


class Wall:
    """The wall's clock, which only the test moves."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_counts_minutes_at_its_pace_and_keeps_what_has_passed() -> None:
    wall = Wall()
    clock = DeploymentClock(60, wall)
    began = clock.now()
    wall.seconds += 120
    assert clock.now() - began == 2
    clock.set_minute_seconds(2)
    assert (clock.now() - began, clock.seconds_until(began + 5)) == (2, 6)
    wall.seconds += 6
    assert (clock.now() - began, clock.seconds_until(began + 5)) == (5, 0)


def test_gives_notice_only_of_a_pace_that_is_not_the_walls() -> None:
    assert DeploymentClock(60).notice() is None
    assert DeploymentClock(2).notice() == "Local clock: one minute of this deployment takes 2 s."


def test_starts_at_the_pace_of_the_setting_and_takes_another(private_cloud: Callable[..., Cloud]) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="0.5")
    assert cloud.get("/_shipline/health").json()["minuteSeconds"] == 0.5
    answer = cloud.request("PUT", "/_shipline/clock", body={"minuteSeconds": 2})
    assert (answer.status, answer.json()) == (200, {"minuteSeconds": 2.0})
    health = cloud.get("/_shipline/health").json()
    assert (health["minuteSeconds"], health["ownMinuteSeconds"]) == (2, 0.5)


@pytest.mark.parametrize("pace", [0, -1, 3601, "2", True, None])
def test_refuses_a_pace_that_is_no_length_of_a_minute(cloud: Cloud, pace: object) -> None:
    answer = cloud.request("PUT", "/_shipline/clock", body={"minuteSeconds": pace})
    assert (answer.status, answer.json()) == (400, {"message": "'minuteSeconds' must be a number from 0.01 to 3600."})


def test_refuses_to_start_with_a_pace_that_is_no_number(tmp_path: Path) -> None:
    result = start(Cloud(tmp_path), SHIPLINE_MINUTE_SECONDS="fast")
    assert result.returncode == 2
    assert result.stderr == "SHIPLINE_MINUTE_SECONDS must be a number from 0.01 to 3600, not 'fast'.\n"
