"""`python -m shipline_cloud`: MiniStack with Shipline's patches, until SIGTERM or SIGINT."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from . import MINISTACK_VERSION
from .patching import PatchError
from .settings import SettingsError, read_settings

WRONG_MINISTACK = 3
"""Exit code when MiniStack is absent, of another version, or not what a patch was written for."""
WRONG_SETTING = 2


def main() -> int:
    """Run the server; returns the exit code."""
    try:
        installed = version("ministack")
    except PackageNotFoundError:
        installed = "none"
    if installed != MINISTACK_VERSION:
        sentence = f"The local cloud needs MiniStack {MINISTACK_VERSION}, but {installed} is installed."
        return _fail(sentence, WRONG_MINISTACK)
    try:
        settings = read_settings()
    except SettingsError as error:
        return _fail(str(error), WRONG_SETTING)
    from .server import run
    from .xray.daemon import DaemonPortInUse

    try:
        run(settings)
    except PatchError as error:
        return _fail(str(error), WRONG_MINISTACK)
    except DaemonPortInUse as error:
        return _fail(str(error), WRONG_SETTING)
    return 0


def _fail(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
