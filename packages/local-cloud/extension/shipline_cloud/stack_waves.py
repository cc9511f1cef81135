"""The order in which a stack's resources change, so that traffic which can shift at the same time does.

Stock MiniStack changes one resource after the other. On AWS, CloudFormation works on everything whose dependencies
are done, so the canaries of a stack's functions and state machines run side by side. Here resources that shift traffic
wait until everything else that can be done is done; then all that are ready start together (stack_shifts.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import engine, stacks

from .patching import require, swap

PATCH = "traffic of a stack shifts together"
Resources = dict[str, Any]
PolicyOf = Callable[[dict[str, Any]], Any]
_policies: dict[str, PolicyOf] = {}


def install() -> None:
    """Order resources in waves, and count what a policy refers to as a dependency."""
    require(engine, "_intrinsic_references", patch=PATCH)
    swap(engine, "_extract_deps", with_policy, patch=PATCH, parameters="resource_def all_resource_names")
    swap(stacks, "_topological_sort", _in_waves, patch=PATCH, parameters="resources conditions")


def shift_by(resource_type: str, policy: PolicyOf) -> None:
    """Let resources of this type shift traffic when `policy` finds one in their definition."""
    _policies[resource_type] = policy


def policy_of(resource: Any) -> Any:
    """By what a template's resource shifts its traffic, unresolved; None when it does not."""
    policy = _policies.get(resource.get("Type", "")) if isinstance(resource, dict) else None
    return (policy(resource) or None) if policy else None


def waves(order: list[str], resources: Resources) -> list[list[str]]:
    """A topological order, cut into groups: what shifts traffic stands alone, as late as it can."""
    done: set[str] = set()
    found: list[list[str]] = []
    pending = list(order)
    needs = {name: engine._extract_deps(resources[name], set(order)) - {name} for name in order}

    def is_ready(name: str) -> bool:
        return bool(needs[name] <= done)

    while pending:
        plain = []
        for name in pending:
            if policy_of(resources[name]) is None and is_ready(name):
                done.add(name)
                plain.append(name)
        shifting = [name for name in pending if policy_of(resources[name]) is not None and is_ready(name)]
        done.update(shifting)
        found += [wave for wave in (plain, shifting) if wave]
        pending = [name for name in pending if name not in done]
    return found


def _in_waves(original: Any) -> Any:
    def topological_sort(resources: Resources, conditions: dict[str, Any]) -> list[str]:
        return [name for wave in waves(original(resources, conditions), resources) for name in wave]

    return topological_sort


def with_policy(original: Any) -> Any:
    """MiniStack's dependencies of a resource, and what its policy refers to."""

    def extract_deps(resource_def: dict[str, Any], all_resource_names: set[str]) -> set[str]:
        policy = policy_of(resource_def) or {}
        referred = {name for name, _ in engine._intrinsic_references(policy) if name in all_resource_names}
        return set(original(resource_def, all_resource_names)) | referred

    return extract_deps
