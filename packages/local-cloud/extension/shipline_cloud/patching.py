"""How a patch takes hold: whatever is replaced must still look the way the patch was written for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


class PatchError(RuntimeError):
    """MiniStack no longer has what a patch replaces; the message is one sentence for the terminal."""


def require(owner: object, name: str, *, patch: str) -> Any:
    """Return `owner.name`, or fail with a sentence that names the patch which needs it."""
    try:
        return getattr(owner, name)
    except AttributeError:
        raise PatchError(
            f"The local cloud's patch '{patch}' needs {_name_of(owner)}.{name}, which this MiniStack does not have."
        ) from None


def require_text(text: str, part: str, *, patch: str) -> None:
    """Fail unless `part` occurs exactly once in `text` (a script that a patch edits)."""
    if text.count(part) != 1:
        raise PatchError(
            f"The local cloud's patch '{patch}' edits a script of MiniStack and found "
            f"{text.count(part)} places instead of one for: {part.strip().splitlines()[0]}"
        )


def swap(
    owner: object,
    name: str,
    build: Callable[[Any], Any],
    *,
    patch: str,
    parameters: str | None = None,
) -> None:
    """Replace `owner.name` by `build(original)`.

    `parameters` are the original's parameter names, separated by blanks: a patch that wraps a function
    whose signature has changed would call it wrongly, so it is refused at start.
    """
    original = require(owner, name, patch=patch)
    if parameters is not None:
        actual = list(inspect.signature(original).parameters)
        if actual != parameters.split():
            raise PatchError(
                f"The local cloud's patch '{patch}' expects {_name_of(owner)}.{name}({', '.join(parameters.split())}), "
                f"but this MiniStack has ({', '.join(actual)})."
            )
    setattr(owner, name, build(original))


def _name_of(owner: object) -> str:
    return getattr(owner, "__name__", type(owner).__name__)
