"""Booleans among the allowed values of a template's parameter are compared as CloudFormation writes them.

Stock MiniStack turns each allowed value into text as Python does: `AllowedValues: [true, false]` takes `True` and
refuses `true`, which is what `sam pipeline bootstrap` sends for its own template; a default of `false` becomes `False`.
On AWS every value of a parameter of type String is "a literal string" (Parameters syntax reference, AWS CloudFormation
User Guide), and that of the boolean `true` is `true`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .patching import swap

PATCH = "booleans in templates' parameters"


def install() -> None:
    """Let definitions of parameters say `true` and `false` wherever a template's parameters are resolved."""
    from ministack.services.cloudformation import changesets, engine, handlers

    for module in (engine, changesets, handlers):
        swap(module, "_resolve_parameters", _in_text, patch=PATCH,
             parameters="template provided_params previous_params")


def _in_text(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def resolve(template: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        definitions = template.get("Parameters", {})
        spelled = {name: _spelled(definition) for name, definition in definitions.items()}
        return original({**template, "Parameters": spelled}, *args, **kwargs)

    return resolve


def _spelled(definition: dict[str, Any]) -> dict[str, Any]:
    allowed = definition.get("AllowedValues")
    return {
        **definition,
        **({"Default": _text(definition["Default"])} if "Default" in definition else {}),
        **({"AllowedValues": [_text(value) for value in allowed]} if allowed else {}),
    }


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
