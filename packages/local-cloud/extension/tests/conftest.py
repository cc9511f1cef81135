from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from cloud import Cloud


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The local cloud that all tests share; each test makes resources with names of its own."""
    server = Cloud(tmp_path_factory.mktemp("cloud")).start()
    yield server
    server.stop()


@pytest.fixture
def private_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Cloud]]:
    """Makes (and starts) a cloud for one test only, for tests that stop it or need other settings."""
    clouds: list[Cloud] = []

    def make(**settings: str) -> Cloud:
        clouds.append(Cloud(tmp_path_factory.mktemp("private"), settings=settings))
        return clouds[-1].start()

    yield make
    for server in clouds:
        server.stop()


_numbers = count(1)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A resource name that no other test uses."""
    return f"t{next(_numbers)}-{request.node.originalname.removeprefix('test_')[:40].replace('_', '-')}"
