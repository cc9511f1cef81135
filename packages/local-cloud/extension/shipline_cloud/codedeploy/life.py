"""The life of a deployment: Created, Queued, InProgress with its three lifecycle events, and its end.

Each deployment has a thread, so that those of one stack shift at the same time and nobody waits for another.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context

from ..deployment_clock import DeploymentClock
from ..workers import calling
from . import alarm_watch, alias_traffic, configurations, hooks, notifications, records, rollbacks, service_roles
from .configurations import steps_of
from .endings import Ended, Forgotten, failed, stopped
from .recording import finish, overview
from .records import LIFECYCLE, Deployment, Record, now

_log = logging.getLogger("codedeploy")
_LOOK_SECONDS = 0.2
_clock = DeploymentClock()


def keep_time_by(clock: DeploymentClock) -> None:
    """The clock of all deployments."""
    global _clock
    _clock = clock


def start(deployment: Deployment) -> None:
    """Let a recorded deployment run on a thread, in the account and region of whoever started it."""
    context = copy_context()
    # A deployment is nobody's nested call, also when a function has created it.
    context.run(calling.set, None)
    threading.Thread(
        target=context.run, args=(_live, deployment), daemon=True, name=f"codedeploy-{deployment.id}").start()


def _live(deployment: Deployment) -> None:
    try:
        _run(deployment)
    except Forgotten:
        _log.info("deployment %s was forgotten by a reset", deployment.id)
    except Ended as end:
        _end(deployment, end)
    except Exception as error:
        _log.exception("deployment %s", deployment.id)
        _end(deployment, failed("INTERNAL_ERROR", f"There was an internal error: {error!r}"))
    finally:
        deployment.ended.set()


def _end(deployment: Deployment, end: Ended) -> None:
    finish(deployment, end.status, end)
    rollbacks.roll_back(deployment, end)


def _run(deployment: Deployment) -> None:
    _enter(deployment, "Queued")
    _enter(deployment, "InProgress")
    _check(deployment)
    _look(deployment)
    for name in LIFECYCLE:
        with _happening(deployment, name):
            if name == "AllowTraffic":
                _allow_traffic(deployment)
            elif name in deployment.hooks:
                _ask_hook(deployment, name)
    finish(deployment, "Succeeded")


def _enter(deployment: Deployment, status: str) -> None:
    with deployment.changing():
        deployment.info["status"] = status
        if status == "InProgress":
            deployment.info.update(startTime=now(), deploymentOverview=overview(status))
            deployment.target["status"] = status
    notifications.deployment_changed(deployment)


def _check(deployment: Deployment) -> None:
    application, group = deployment.info["applicationName"], deployment.info["deploymentGroupName"]
    if application not in records.applications:
        raise failed("APPLICATION_MISSING", f"The application {application} was deleted.")
    if records.group_key(application, group) not in records.groups:
        raise failed("DEPLOYMENT_GROUP_MISSING", f"The deployment group {group} was deleted.")
    service_roles.check_exists(deployment.service_role)
    alias_traffic.check(deployment.function)


@contextmanager
def _happening(deployment: Deployment, name: str) -> Iterator[None]:
    event = deployment.event(name)
    with deployment.changing():
        event.update(status="InProgress", startTime=now())
    try:
        yield
    except Ended as end:
        with deployment.changing():
            event.update(status="Failed", endTime=now(), diagnostics={
                "errorCode": "ScriptFailed" if end.code == "HOOK_EXECUTION_FAILURE" else "UnknownError",
                "scriptName": deployment.hooks.get(name, ""), "message": str(end), "logTail": ""})
        raise
    with deployment.changing():
        event.update(status="Succeeded", endTime=now(), diagnostics={"errorCode": "Success", "message": "Succeeded",
                     "scriptName": deployment.hooks.get(name, ""), "logTail": ""})


def _allow_traffic(deployment: Deployment) -> None:
    for step in steps_of(configurations.existing(deployment.info["deploymentConfigName"])):
        alias_traffic.shift(deployment.function, step.percent)
        with deployment.changing():
            deployment.target["lambdaFunctionInfo"]["targetVersionWeight"] = float(step.percent)
        _wait(deployment, step.minutes)


def _ask_hook(deployment: Deployment, name: str) -> None:
    hooks.invoke(deployment, name)
    function = deployment.hooks[name]
    if not _wait(deployment, hooks.MINUTES_TO_ANSWER, lambda: name in deployment.answers):
        raise failed("HOOK_EXECUTION_FAILURE", f"The hook {function} of {name} did not report within one hour.")
    if deployment.answers[name] != "Succeeded":
        raise failed("HOOK_EXECUTION_FAILURE", f"The hook {function} of {name} reported {deployment.answers[name]}.")


def _wait(deployment: Deployment, minutes: float, is_done: Callable[[], bool] = lambda: False) -> bool:
    """Let minutes pass with an eye on alarms and stop requests; False when they are over before `is_done`."""
    deadline = _clock.now() + minutes
    while True:
        deployment.woken.clear()
        _look(deployment)
        if is_done():
            return True
        if _clock.now() >= deadline:
            return False
        deployment.woken.wait(min(_LOOK_SECONDS, _clock.seconds_until(deadline)))


def _look(deployment: Deployment) -> None:
    _show_pace(deployment)
    if records.deployments.get(deployment.id) is not deployment:
        raise Forgotten
    if deployment.stop_requested:
        raise stopped("MANUAL_STOP", "The deployment was manually stopped.")
    alarm_watch.look(_alarms_of(deployment))


def _show_pace(deployment: Deployment) -> None:
    notice = _clock.notice()
    if notice is None or deployment.info.get("additionalDeploymentStatusInfo") == notice:
        return
    with deployment.changing():
        deployment.info.update(additionalDeploymentStatusInfo=notice)
        deployment.info.setdefault("deploymentStatusMessages", []).append(notice)


def _alarms_of(deployment: Deployment) -> Record:
    info = deployment.info
    if override := info.get("overrideAlarmConfiguration"):
        return dict(override)
    group = records.groups.get(records.group_key(info["applicationName"], info["deploymentGroupName"]))
    return group["alarmConfiguration"] if group else {"enabled": False}
