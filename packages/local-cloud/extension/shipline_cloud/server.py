"""Puts the parts together: patches, front doors, `/_shipline/*`, and MiniStack's own server loop."""

from __future__ import annotations

from typing import Any

import ministack.app

from . import (
    EXTENSION_VERSION,
    MINISTACK_VERSION,
    admin,
    alias_rules,
    alias_weights,
    alarms,
    aliases,
    api_definitions,
    api_events,
    api_faults,
    api_metrics,
    audit_trails,
    cloudfront_origins,
    code_signing,
    codedeploy,
    event_archives,
    gateway,
    iam_types,
    interrupted_stacks,
    invocation_logs,
    invocation_metrics,
    lambda_pool,
    logs,
    metrics,
    origins,
    owners,
    provisioned_concurrency,
    queue_metrics,
    secret_references,
    secure_transport,
    shutdown,
    signed_code,
    stack_parameters,
    stack_policies,
    stack_updates,
    state_machine_aliases,
    state_machine_answers,
    state_machine_metrics,
    state_machine_types,
    state_machine_versions,
    state_machines,
    stream_sources,
    template_booleans,
    transaction_conflicts,
    xray,
)
from .deployment_clock import DeploymentClock
from .door_traffic import Door
from .front_doors import FrontDoors, PortInUse, parse_doors
from .patching import require, swap
from .settings import Settings
from .workers import WorkerPool


def run(settings: Settings) -> None:
    """Install every patch and serve until the process is told to stop. Raises PatchError before listening."""
    clock = DeploymentClock(settings.minute_seconds)
    pool = install_patches(settings, clock)
    tracing = xray.install(settings)
    require(ministack.app, "main", patch="server")
    port = int(require(ministack.app, "_resolve_port", patch="server")())
    alarm_clock = alarms.install(lambda: clock.minute_seconds, _at_minute)
    doors = FrontDoors(_served_app, settings.front_doors_file)
    swap(
        ministack.app,
        "app",
        lambda app: gateway.wrap(
            tracing.wrap(app),
            _routes(doors, pool, clock),
            enter_worker=lambda number: lambda_pool.enter_calling_worker(pool, number),
            own_origins=lambda: origins.own_origins(port, doors.doors),
            on_startup=[doors.reopen, interrupted_stacks.settle, alarm_clock.start],
        ),
        patch="server",
        parameters="scope receive send",
    )
    shutdown.install(doors.close, pool.end_all)
    ministack.app.main()


def install_patches(settings: Settings, clock: DeploymentClock) -> WorkerPool:
    """Change MiniStack in this process; one module per concern. Returns the Lambda workers."""
    owners.install()
    cloudfront_origins.install()
    aliases.install()
    alias_weights.install()
    alias_rules.install()
    provisioned_concurrency.install()
    api_definitions.install()
    api_events.install()
    api_faults.install()
    api_metrics.install()
    secret_references.install()
    secure_transport.install()
    stack_parameters.install()
    stack_policies.install()
    pool = lambda_pool.install(settings.max_workers, settings.stall_seconds)
    metrics.install()
    queue_metrics.install()
    invocation_metrics.install()
    invocation_logs.install()
    logs.install()
    state_machine_versions.install()
    state_machine_aliases.install()
    state_machine_answers.install()
    state_machine_metrics.install()
    state_machines.install()
    stream_sources.install()
    stack_updates.install()
    interrupted_stacks.install()
    event_archives.install()
    code_signing.install()
    signed_code.install()
    iam_types.install()
    template_booleans.install()
    audit_trails.install()
    transaction_conflicts.install()
    state_machine_types.install(clock)
    codedeploy.install(clock)
    return pool


def _at_minute(end: float) -> None:
    logs.publish_defaults(end)
    queue_metrics.publish(end)


async def _served_app(scope: Any, receive: Any, send: Any) -> None:
    await ministack.app.app(scope, receive, send)


def _routes(doors: FrontDoors, pool: WorkerPool, clock: DeploymentClock) -> admin.Routes:
    async def health(_: dict[str, Any]) -> admin.Answer:
        return 200, {
            "ministack": MINISTACK_VERSION,
            "extension": EXTENSION_VERSION,
            "workers": pool.census(),
            "minuteSeconds": clock.minute_seconds,
            "ownMinuteSeconds": clock.own_minute_seconds,
            "frontDoors": _listed(doors.doors),
        }

    async def put_front_doors(request: dict[str, Any]) -> admin.Answer:
        try:
            await doors.set(parse_doors(request))
        except ValueError as error:
            return 400, {"message": str(error)}
        except PortInUse as error:
            return 409, {"message": str(error)}
        return 200, {"doors": _listed(doors.doors)}

    async def put_clock(request: dict[str, Any]) -> admin.Answer:
        try:
            clock.set_minute_seconds(request.get("minuteSeconds"))
        except ValueError as error:
            return 400, {"message": str(error)}
        return 200, {"minuteSeconds": clock.minute_seconds}

    return {
        ("GET", "/_shipline/health"): health,
        ("PUT", "/_shipline/front-doors"): put_front_doors,
        ("PUT", "/_shipline/clock"): put_clock,
    }


def _listed(doors: list[Door]) -> list[dict[str, Any]]:
    return [{"port": door.port, "target": door.target, "host": door.host, "url": door.origin} for door in doors]
