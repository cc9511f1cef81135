"""Starting: the version is checked, settings are parsed, a patch that does not fit is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cloud import Cloud
from shipline_cloud.patching import PatchError, require_text, swap


def start(cloud: Cloud, *prelude: str, **settings: str) -> subprocess.CompletedProcess[str]:
    cloud.settings.update(settings)
    run = "; ".join([*prelude, "import runpy", "runpy.run_module('shipline_cloud', run_name='__main__')"])
    return subprocess.run(
        [sys.executable, "-c", run], env=cloud.environment(), capture_output=True, text=True, timeout=20, check=False
    )


def test_refuses_another_version_of_ministack(tmp_path: Path) -> None:
    result = start(Cloud(tmp_path), "import shipline_cloud", "shipline_cloud.MINISTACK_VERSION = '0.0.1'")
    assert result.returncode == 3
    assert result.stderr == "The local cloud needs MiniStack 0.0.1, but 1.5.33 is installed.\n"


def test_refuses_a_ministack_without_what_a_patch_replaces(tmp_path: Path) -> None:
    result = start(Cloud(tmp_path), "from ministack.services import cloudfront", "del cloudfront._fetch_from_origin")
    assert result.returncode == 3
    assert result.stderr.splitlines()[-1].startswith("The local cloud's patch 'CloudFront reaches APIs' needs")


def test_refuses_a_setting_that_is_no_number(tmp_path: Path) -> None:
    result = start(Cloud(tmp_path), SHIPLINE_MAX_WORKERS="many")
    assert result.returncode == 2
    assert result.stderr == "SHIPLINE_MAX_WORKERS must be a whole number of at least 1, not 'many'.\n"


def test_tells_which_version_runs(cloud: Cloud) -> None:
    health = cloud.get("/_shipline/health")
    assert health.status == 200 and health.json()["ministack"] == "1.5.33"
    assert cloud.get("/_shipline/nothing").status == 404


def test_refuses_to_wrap_a_function_with_other_parameters() -> None:
    owner = SimpleNamespace(run=lambda a, b: None)
    with pytest.raises(PatchError, match="expects SimpleNamespace.run"):
        swap(owner, "run", lambda original: original, patch="p", parameters="a")


def test_refuses_to_edit_a_script_without_the_place() -> None:
    with pytest.raises(PatchError, match="found 0 places"):
        require_text("abc", "x", patch="p")
