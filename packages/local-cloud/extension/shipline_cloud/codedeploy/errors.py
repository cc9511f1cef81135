"""Refusals, named as the CodeDeploy API Reference names them."""

from __future__ import annotations


class CodeDeployError(Exception):
    """A request is refused. `code` is the documented exception name without its ending `Exception`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = f"{code}Exception"
