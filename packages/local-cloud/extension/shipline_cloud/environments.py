"""One execution environment: a Node process that serves one call at a time, as on AWS.

Stock MiniStack ends the process after every failed call, gives it no `AWS_EXECUTION_ENV`, and names a log stream that
does not exist. On AWS an environment survives an error that the handler throws, and its log stream is that of
`AWS_LAMBDA_LOG_STREAM_NAME` ("Defined runtime environment variables" and "Understanding the Lambda execution
environment lifecycle", AWS Lambda Developer Guide).
"""

from __future__ import annotations

import json
import queue
import threading
import time
from datetime import datetime, timezone
from itertools import count
from typing import Any
from uuid import uuid4

from ministack.core.lambda_runtime import Worker

from .node_script import END_OF_LOG, LOG_STREAM_VARIABLE, WORKER_VARIABLE

_numbers = count(1)
_LOG_END_WAIT_SECONDS = 1.0
_GONE = "gone"
_LOAD_FAILURE = "Worker init failed: "


class NodeEnvironment(Worker):
    """A worker process of a Node function. Its `invoke` never raises for what the function does."""

    _proc: Any

    def __init__(self, func_name: str, config: dict[str, Any], code_zip: bytes) -> None:
        self.number = f"{next(_numbers)}-{uuid4().hex[:8]}"
        version = config.get("Version", "$LATEST")
        self.log_group = (config.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{func_name}"
        self.log_stream = f"{datetime.now(timezone.utc):%Y/%m/%d}/[{version}]{uuid4().hex}"
        super().__init__(func_name, _with_runtime_variables(config, self), code_zip)
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()

    def _spawn(self) -> None:
        super()._spawn()
        self._answers = queue.Queue()
        threading.Thread(
            target=_read_answers, args=(self._proc.stdout, self._answers), daemon=True, name=f"answers-{self.func_name}"
        ).start()

    def invoke(
        self, event: Any, request_id: str, *, trace_id: str | None = None, depth: Any = None,
        durable: dict[str, Any] | None = None, invoked_function_arn: str | None = None,
    ) -> dict[str, Any]:
        """Run one call: {status: ok|error, result | error, errorType, trace, log, init_ms, duration_ms, ended_at}."""
        with self._lock:
            init_ms = self._ensure_started()
            if isinstance(init_ms, dict):
                return init_ms
            timeout = float(self.config.get("Timeout") or 3)
            envelope = {"event": event, "ctx": {
                "request_id": request_id, "timeout_ms": int(timeout * 1000), "trace_id": trace_id, "depth": depth,
                "durable": durable or {},
                "invoked_function_arn": invoked_function_arn or self.config.get("FunctionArn", ""),
            }}
            started = time.perf_counter()
            answer = self._exchange(envelope, timeout, request_id)
            duration_ms = (time.perf_counter() - started) * 1000
            answer.update(init_ms=init_ms, duration_ms=duration_ms, ended_at=time.time())
            # A process that is gone or was ended has no mark at the end of its lines.
            answer["log"] = self._log_until(request_id, _LOG_END_WAIT_SECONDS if self._proc else 0.05)
            return answer

    def _ensure_started(self) -> float | None | dict[str, Any]:
        """Milliseconds of a cold start, None when warm, the answer to give when the function does not load."""
        if self._proc is not None and self._proc.poll() is None:
            return None
        started = time.perf_counter()
        try:
            self._spawn()
        except RuntimeError as error:
            self._end_process()
            return {"status": "error", **_load_failure(str(error)), "log": self._drain_stderr(),
                    "init_ms": (time.perf_counter() - started) * 1000, "duration_ms": 0.0,
                    "ended_at": time.time()}
        return (time.perf_counter() - started) * 1000

    def _exchange(self, envelope: dict[str, Any], timeout: float, request_id: str) -> dict[str, Any]:
        try:
            self._proc.stdin.write(json.dumps(envelope) + "\n")
            self._proc.stdin.flush()
            answer = self._answers.get(timeout=timeout)
            return answer if answer["status"] != _GONE else self._exited(request_id)
        except queue.Empty:
            self._end_process()
            return {"status": "error", "errorType": "Sandbox.Timedout", "trace": [],
                    "error": f"RequestId: {request_id} Error: Task timed out after {timeout:.2f} seconds"}
        except OSError:
            return self._exited(request_id)

    def _exited(self, request_id: str) -> dict[str, Any]:
        code = self._end_process()
        return {"status": "error", "errorType": "Runtime.ExitError", "trace": [],
                "error": f"RequestId: {request_id} Error: Runtime exited with error: exit status {code}"}

    def _end_process(self) -> int | None:
        from ministack.core import lambda_runtime

        process, self._proc = self._proc, None
        lambda_runtime._signal(process)
        lambda_runtime._collect(process, time.monotonic() + lambda_runtime._REAP_GRACE)
        return process.returncode if process is not None else None

    def _log_until(self, request_id: str, wait: float) -> str:
        lines: list[str] = []
        deadline = time.monotonic() + wait
        while True:
            try:
                line = self._stderr_queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return "\n".join(lines)
            if line == END_OF_LOG + request_id:
                return "\n".join(lines)
            if not line.startswith(END_OF_LOG):
                lines.append(line)


def _read_answers(stdout: Any, answers: queue.Queue[dict[str, Any]]) -> None:
    for line in stdout:
        try:
            answer = json.loads(line)
        except ValueError:
            continue
        if isinstance(answer, dict) and answer.get("status") in ("ok", "error"):
            answers.put(answer)
    answers.put({"status": _GONE})


def _load_failure(message: str) -> dict[str, Any]:
    try:
        # node_script.py makes the script report an error that it met while loading the function as JSON.
        return dict(json.loads(message.removeprefix(_LOAD_FAILURE)))
    except ValueError:
        return {"errorType": "Runtime.Unknown", "error": message, "trace": []}


def _with_runtime_variables(config: dict[str, Any], environment: NodeEnvironment) -> dict[str, Any]:
    variables = {
        **((config.get("Environment") or {}).get("Variables") or {}),
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{config.get('Runtime', '')}",
        "AWS_LAMBDA_LOG_GROUP_NAME": environment.log_group,
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        LOG_STREAM_VARIABLE: environment.log_stream,
        WORKER_VARIABLE: environment.number,
    }
    return {**config, "Environment": {"Variables": variables}}
