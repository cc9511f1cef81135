"""The gradual deployment of a state machine's alias, as CloudFormation does it without CodeDeploy.

"CloudFormation automatically shifts traffic from the version the alias currently points to, to a new state machine
version that you specify": LINEAR in equal increments, CANARY in two, ALL_AT_ONCE at once; "the deployment fails and
rolls back if any of these alarms go into the ALARM state"; a nonexistent alarm counts as OK
("AWS::StepFunctions::StateMachineAlias DeploymentPreference", AWS CloudFormation Template Reference).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from .deployment_clock import DeploymentClock
from .traffic_shifts import ShiftFailed

LOOK_SECONDS = 0.2
Step = tuple[int, float]
"""The new version's percentage, and for how many minutes it is held."""


@dataclass(frozen=True)
class Preference:
    """A template's DeploymentPreference. Percentage and interval (minutes) are 0 when they are left out."""

    version: str
    kind: str
    percentage: int
    interval: float
    alarms: tuple[str, ...]

    def steps(self) -> list[Step]:
        """What the new version gets, in order; the last step is always all of the traffic."""
        if self.kind == "ALL_AT_ONCE":
            return [(100, self.interval)]
        parts = [self.percentage] if self.kind == "CANARY" else range(self.percentage, 100, self.percentage)
        return [*((percent, self.interval) for percent in parts), (100, 0)]


def preference_of(properties: dict[str, Any]) -> Preference | None:
    """Read DeploymentPreference; None without one. Raises ValueError for what the type's schema refuses."""
    given = properties.get("DeploymentPreference")
    if not given:
        return None
    preference = Preference(
        version=str(given.get("StateMachineVersionArn") or ""), kind=str(given.get("Type")),
        percentage=int(given.get("Percentage") or 0), interval=float(given.get("Interval") or 0),
        alarms=tuple(given.get("Alarms") or ()))
    if not preference.version:
        raise ValueError("DeploymentPreference needs a StateMachineVersionArn.")
    if preference.kind not in ("LINEAR", "CANARY", "ALL_AT_ONCE"):
        raise ValueError(f"DeploymentPreference.Type must be LINEAR, CANARY or ALL_AT_ONCE, not {preference.kind}.")
    gradual = preference.kind != "ALL_AT_ONCE"
    if gradual and not (1 <= preference.percentage <= 99 and 1 <= preference.interval <= 2100):
        raise ValueError(f"A {preference.kind} deployment needs a Percentage from 1 to 99 and an Interval from 1 to "
                         "2100 minutes.")
    return preference


class AliasShift:
    """One deployment, on a thread of its own in the account and region of whoever makes it."""

    def __init__(
        self, alias_arn: str, preference: Preference, clock: DeploymentClock, tell: Callable[[str], None]
    ) -> None:
        self._alias_arn, self._preference, self._clock, self._tell = alias_arn, preference, clock, tell
        self._alias = _alias(alias_arn)
        self._old = main_version(self._alias)
        self._stopping, self._ended = threading.Event(), threading.Event()
        self._failure: str | None = "The deployment broke off."
        threading.Thread(
            target=copy_context().run, args=(self._run,), daemon=True, name=f"shift-{alias_arn}").start()

    @property
    def is_over(self) -> bool:
        return self._ended.is_set()

    @property
    def failure(self) -> str | None:
        """Why it failed; None while it runs and when it has succeeded."""
        return self._failure if self.is_over else None

    @property
    def was_stopped(self) -> bool:
        return self._stopping.is_set()

    def wait(self, seconds: float | None = None) -> None:
        """Until it is over, but no longer than this."""
        self._ended.wait(seconds)

    def stop(self) -> None:
        """Stop and roll back, if it still runs."""
        self._stopping.set()

    def put_back(self) -> None:
        """Give all traffic to the old version again, if the alias still exists. Raises ShiftFailed."""
        if _alias(self._alias_arn) is self._alias:
            route(self._alias_arn, self._old, self._preference.version, 0)

    def _run(self) -> None:
        try:
            self._look()
            for percent, minutes in self._preference.steps():
                route(self._alias_arn, self._old, self._preference.version, percent)
                self._tell(self._progress(percent))
                self._hold(minutes)
            self._failure = None
        except ShiftFailed as error:
            self._failure = str(error)
            self.put_back()
        finally:
            self._ended.set()

    def _hold(self, minutes: float) -> None:
        until = self._clock.now() + minutes
        while True:
            self._look()
            if (seconds := self._clock.seconds_until(until)) <= 0:
                return
            self._stopping.wait(min(seconds, LOOK_SECONDS))

    def _look(self) -> None:
        if self._stopping.is_set():
            raise ShiftFailed("The deployment was stopped.")
        if _alias(self._alias_arn) is not self._alias:
            raise ShiftFailed(f"The alias {self._alias_arn} is gone.")
        if red := [name for name in self._preference.alarms if _is_red(name)]:
            raise ShiftFailed(f"The deployment was rolled back because of alarms in ALARM: {', '.join(red)}.")

    def _progress(self, percent: int) -> str:
        version = self._preference.version.rsplit(":", 1)[1]
        return " ".join(filter(None, [f"Version {version} gets {percent} % of the starts.", self._clock.notice()]))


def main_version(alias: dict[str, Any]) -> str:
    """The version that gets most of an alias's starts."""
    return str(max(alias["routingConfiguration"], key=lambda route: route["weight"])["stateMachineVersionArn"])


def route(alias_arn: str, old: str, new: str, percent: int) -> None:
    """Give the new version so many percent of the starts. Raises ShiftFailed when Step Functions refuses."""
    from ministack.services import stepfunctions as sfn

    shares = ((old, 100 - percent), (new, percent))
    status, _, body = sfn._update_state_machine_alias({
        "stateMachineAliasArn": alias_arn,
        "routingConfiguration": [
            {"stateMachineVersionArn": version, "weight": weight} for version, weight in shares if weight]})
    if status >= 400:
        raise ShiftFailed(str(json.loads(body).get("message")))


def _alias(arn: str) -> Any:
    from ministack.services import stepfunctions as sfn

    return sfn._state_machine_aliases.get(arn)


def _is_red(alarm: str) -> bool:
    from ministack.services import cloudwatch

    record = cloudwatch._alarms.get(alarm) or cloudwatch._composite_alarms.get(alarm)
    return record is not None and record["StateValue"] == "ALARM"
