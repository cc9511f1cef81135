"""Saving the state: in one go, only what has changed, and in the form that MiniStack loads."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ministack.core import persistence
from ministack.core.responses import AccountRegionScopedDict

from cloud import Cloud
from shipline_cloud.saving import save_service, steady_text


@pytest.fixture
def state_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where MiniStack saves and loads in this process."""
    monkeypatch.setattr(persistence, "STATE_DIR", str(tmp_path))
    monkeypatch.setattr(persistence, "PERSIST_STATE", True)
    return tmp_path


def python_steps(work: Callable[[], Any]) -> int:
    """How many functions are called while `work` runs."""
    steps: list[str] = []
    sys.setprofile(lambda _frame, event, _argument: steps.append(event) if event == "call" else None)
    try:
        work()
    finally:
        sys.setprofile(None)
    return len(steps)


def test_takes_no_step_of_python_per_value() -> None:
    def steps_for(events: int) -> int:
        state = {"events": [{"message": "an order is placed", "timestamp": number} for number in range(events)]}
        return python_steps(lambda: steady_text("cloudwatch_logs", lambda: state))

    assert steps_for(1000) == steps_for(10)


def test_saves_what_ministack_loads(state_dir: Path) -> None:
    functions: Any = AccountRegionScopedDict()
    functions._data[("100000000001", "us-east-1", ("orders", "live"))] = {"code": b"\x00zip"}

    save_service("lambda", lambda: {"functions": functions, "layers": None})

    loaded: Any = persistence.load_state("lambda")
    assert loaded["functions"]._data == functions._data
    assert loaded["layers"] is None
    assert os.listdir(state_dir) == ["lambda.json"]


def test_touches_the_file_of_a_service_that_has_not_changed(state_dir: Path) -> None:
    file = state_dir / "sqs.json"
    save_service("sqs", lambda: {"queues": 1})
    os.utime(file, (0, 0))
    before = file.stat()

    save_service("sqs", lambda: {"queues": 1})

    assert file.stat().st_ino == before.st_ino
    assert file.stat().st_mtime > before.st_mtime


def test_writes_a_service_that_has_changed(state_dir: Path) -> None:
    save_service("sqs", lambda: {"queues": 1})
    save_service("sqs", lambda: {"queues": 2})

    assert persistence.load_state("sqs") == {"queues": 2}


def test_leaves_the_file_of_a_service_without_state_alone(state_dir: Path) -> None:
    save_service("sqs", lambda: {"queues": 1})
    save_service("sqs", lambda: None)

    assert persistence.load_state("sqs") == {"queues": 1}


def test_keeps_the_last_good_file_when_a_state_cannot_be_encoded(state_dir: Path) -> None:
    save_service("sqs", lambda: {"queues": 1})
    with pytest.raises(TypeError):
        save_service("sqs", lambda: {"queues": object()})

    assert persistence.load_state("sqs") == {"queues": 1}


def test_copies_a_state_that_grows_meanwhile() -> None:
    attempts: list[int] = []

    def get_state() -> Any:
        attempts.append(1)
        if len(attempts) < 3:
            raise RuntimeError("dictionary changed size during iteration")
        return {"a": 1}

    assert steady_text("sqs", get_state) == b'{"__ministack_format__": 2, "payload": {"a": 1}}'


def test_says_so_when_a_state_cannot_be_copied() -> None:
    def get_state() -> Any:
        raise RuntimeError("dictionary changed size during iteration")

    with pytest.raises(RuntimeError, match="changed size"):
        steady_text("sqs", get_state)


def test_writes_once_what_does_not_change_while_the_cloud_ends(private_cloud: Callable[..., Cloud]) -> None:
    cloud = private_cloud()
    cloud.client("sqs").create_queue(QueueName="made-before")

    cloud.stop()

    assert (cloud.home / "log").read_text().count("saved sqs state") == 1
