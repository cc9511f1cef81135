"""Selectors of JSON fields, `$.order.items[0].sku`, as filter patterns and metric values have them."""

from __future__ import annotations

import json
import re
from typing import Any

ABSENT = object()
"""What a selector finds where there is no such field."""
_STEP = re.compile(r"""\.(?P<name>[\w-]+|"[^"]*"|\*)|\[(?P<index>\d+|\*)\]|\["(?P<quoted>[^"]*)"\]""")


def parsed(message: str) -> Any:
    """The message's JSON value, ABSENT when it is no JSON object or array."""
    if not message.lstrip().startswith(("{", "[")):
        return ABSENT
    try:
        return json.loads(message)
    except ValueError:
        return ABSENT


def steps_of(selector: str) -> tuple[str | int, ...]:
    """The steps of a selector such as `$.a.b[0]`. Raises ValueError."""
    steps: list[str | int] = []
    position = 1
    while position < len(selector):
        match = _STEP.match(selector, position)
        if match is None:
            break
        index = match["index"]
        steps.append(int(index) if index and index != "*" else index or match["quoted"] or match["name"].strip('"'))
        position = match.end()
    if not selector.startswith("$") or position != len(selector) or not steps:
        raise ValueError(f"The field '{selector}' is not written as $.name, $.name.name or $.name[0].")
    return tuple(steps)


def found(document: Any, steps: tuple[str | int, ...]) -> list[Any]:
    """The values that a selector leads to; `*` leads to several, none are there when the field is absent."""
    values = [document]
    for step in steps:
        values = [item for value in values for item in _children(value, step)]
    return values


def _children(value: Any, step: str | int) -> list[Any]:
    if step == "*":
        return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if isinstance(step, int):
        return [value[step]] if isinstance(value, list) and step < len(value) else []
    return [value[step]] if isinstance(value, dict) and step in value else []
