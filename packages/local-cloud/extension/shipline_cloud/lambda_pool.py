"""MiniStack's Lambda executor on the capped pool (workers.py), and the recognition of nested calls.

What is replaced: the functions by which MiniStack leases, returns, invalidates and reaps worker processes, and its
executor for Node and Python functions.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import node_script
from .environments import NodeEnvironment
from .patching import require, swap
from .workers import Key, Lease, WorkerPool, calling

PATCH = "worker cap"
_REAP_EVERY_SECONDS = 1.0


@dataclass(frozen=True)
class Run:
    """How one call went, for its log and its metrics. Times are in milliseconds."""

    log_group: str
    log_stream: str
    duration_ms: float
    init_ms: float | None
    ended_at: float
    """When the answer was there, in seconds since the epoch."""


def install(cap: int, stall_seconds: float) -> WorkerPool:
    """Put the pool in the place of MiniStack's; returns it."""
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    for name in ("_signal", "_collect", "_REAP_GRACE", "kill_workers"):
        require(lambda_runtime, name, patch=PATCH)
    node_script.install()
    idle_seconds = float(os.environ.get("LAMBDA_WARM_TTL_SECONDS", "300"))
    pool = WorkerPool(cap, idle_seconds, stall_seconds, lambda_runtime.kill_workers)
    swap(lambda_runtime, "_worker_class_for", _choosing_class, patch=PATCH, parameters="config")
    swap(lambda_runtime, "reset", lambda _: pool.end_all, patch=PATCH, parameters="")
    for module in (lambda_runtime, lambda_svc):
        _put_pool_into(module, pool)
    swap(
        lambda_svc, "_execute_function_warm", lambda _: _executor(pool), patch=PATCH, parameters="func event request_id"
    )
    for name, parameters in (("_update_alias", "func_name alias_name data"), ("_delete_alias", "func_name alias_name")):
        swap(lambda_svc, name, lambda original: _dropping_superseded(original, pool), patch=PATCH,
             parameters=parameters)
    threading.Thread(target=_reap_for_ever, args=(pool,), daemon=True, name="shipline-worker-reaper").start()
    return pool


def enter_calling_worker(pool: WorkerPool, worker_number: str | None) -> None:
    """Note on whose behalf the current request is served, so that its calls count as nested."""
    if worker_number:
        calling.set(pool.lease_of(worker_number))


def _put_pool_into(module: Any, pool: WorkerPool) -> None:
    leases: dict[Any, Lease] = {}

    def acquire(func_name: str, config: dict[str, Any], code_zip: bytes, qualifier: str = "$LATEST",
                max_concurrency: int | None = None) -> tuple[Any, str]:
        lease = pool.lease(_key(func_name, config, qualifier), _maker(func_name, config, code_zip))
        leases[lease.worker] = lease
        return lease.worker, "reused" if lease.worker._proc is not None else "spawn"

    def release(worker: Any) -> None:
        if lease := leases.pop(worker, None):
            pool.release(lease)

    def invalidate(func_name: str, qualifier: str | None = None, account: str | None = None,
                   region: str | None = None) -> None:
        wanted = (account, region, func_name, qualifier)
        pool.supersede(lambda key: all(want in (None, part) for want, part in zip(wanted, key)))

    swap(module, "acquire_worker", lambda _: acquire, patch=PATCH,
         parameters="func_name config code_zip qualifier max_concurrency")
    swap(module, "release_worker", lambda _: release, patch=PATCH, parameters="worker")
    swap(module, "invalidate_worker", lambda _: invalidate, patch=PATCH,
         parameters="func_name qualifier account region")
    swap(module, "reap_idle_workers", lambda _: lambda ttl=None: pool.end_idle(ttl), patch=PATCH, parameters="ttl")


def _choosing_class(original: Any) -> Any:
    def worker_class_for(config: dict[str, Any]) -> Any:
        return NodeEnvironment if str(config.get("Runtime", "")).startswith("nodejs") else original(config)

    return worker_class_for


def _key(func_name: str, config: dict[str, Any], version: str) -> Key:
    from ministack.core import lambda_runtime

    account, region = lambda_runtime._account_region_from_function_config(config)
    return account, region, func_name, version


def _maker(func_name: str, config: dict[str, Any], code_zip: bytes) -> Callable[[], Any]:
    from ministack.core import lambda_runtime

    def make() -> Any:
        worker = lambda_runtime._worker_class_for(config)(func_name, config, code_zip)
        worker.number = getattr(worker, "number", "")
        return worker

    return make


def _executor(pool: WorkerPool) -> Any:
    from ministack.services import lambda_svc

    def execute(func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
        config, code_zip = func.get("config") or func, func.get("code_zip")
        if not code_zip:
            return _failed({"errorType": "Runtime.NoCode", "error": "The function has no code.", "trace": []})
        name = config.get("FunctionName", "unknown")
        key = _key(name, config, config.get("Version", "$LATEST"))
        lease = pool.lease(key, _maker(name, config, code_zip))
        try:
            answer = lease.worker.invoke(
                event,
                request_id,
                trace_id=lambda_svc._xray_trace_id_for_invocation(config),
                invoked_function_arn=config.get("FunctionArn", ""),
                depth=lambda_svc._invoke_depth.get(),
                durable=lambda_svc._durable_env_overlay(),
            )
        finally:
            pool.release(lease)
        return {**_result(answer), "log": answer.get("log", ""), "log_source": _run_of(lease.worker, answer)}

    return execute


def _result(answer: dict[str, Any]) -> dict[str, Any]:
    return {"body": answer.get("result")} if answer.get("status") == "ok" else _failed(answer)


def _failed(answer: dict[str, Any]) -> dict[str, Any]:
    body = {
        "errorType": answer.get("errorType", "Runtime.HandlerError"),
        "errorMessage": answer.get("error", ""),
        "trace": answer.get("trace") or [],
    }
    # A function that was stopped or did not load has no trace on AWS.
    return {"body": body if body["trace"] else {k: v for k, v in body.items() if k != "trace"}, "error": True}


def _run_of(worker: Any, answer: dict[str, Any]) -> Run | None:
    if not isinstance(worker, NodeEnvironment):
        return None
    return Run(worker.log_group, worker.log_stream, answer["duration_ms"], answer["init_ms"], answer["ended_at"])


def _dropping_superseded(original: Any, pool: WorkerPool) -> Any:
    def change_alias(func_name: str, *arguments: Any) -> Any:
        from ministack.services import lambda_svc

        answer = original(func_name, *arguments)
        drop_superseded(pool, lambda_svc._functions.get(func_name))
        return answer

    return change_alias


def drop_superseded(pool: WorkerPool, func: dict[str, Any] | None) -> None:
    """End the workers of versions that no alias of the function leads to any more."""
    if func is None or not func.get("aliases"):
        return
    account, region, name, _ = _key(func["config"]["FunctionName"], func["config"], "")
    served = {"$LATEST"}
    for alias in func["aliases"].values():
        served |= {alias.get("FunctionVersion", "$LATEST")}
        served |= set((alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {})
    pool.supersede(lambda key: key[:3] == (account, region, name) and key[3] not in served)


def _reap_for_ever(pool: WorkerPool) -> None:
    while True:
        time.sleep(_REAP_EVERY_SECONDS)
        pool.end_idle()
