"""A stack's reference to a secret is the secret's ARN.

Stock MiniStack gives its name. On AWS, "when you pass the logical ID of an `AWS::SecretsManager::Secret` resource to
the intrinsic `Ref` function, the function returns the ARN of the secret" ("AWS::SecretsManager::Secret", CloudFormation
Template Reference), and policies and outputs that are made of it need the ARN.
"""

from __future__ import annotations

from typing import Any

from .patching import require, swap

PATCH = "references to secrets"
TYPE = "AWS::SecretsManager::Secret"


def install() -> None:
    """Make the ARN the physical id of every secret that a stack creates from now on."""
    from ministack.services import secretsmanager
    from ministack.services.cloudformation import provisioners

    require(secretsmanager, "_secrets", patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)[TYPE]
    for action, build, parameters in (
        ("create", _created, "logical_id props stack_name"),
        ("update", _updated, "physical_id old_props new_props stack_name logical_id"),
        ("delete", _deleted, "physical_id props"),
    ):
        swap(provisioners, f"_sm_secret_{action}", build, patch=PATCH, parameters=parameters)
        handlers[action] = getattr(provisioners, f"_sm_secret_{action}")


def _created(original: Any) -> Any:
    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, str]]:
        _name, attributes = original(logical_id, props, stack_name)
        return attributes["Arn"], attributes

    return create


def _updated(original: Any) -> Any:
    def update(
        physical_id: str, old_props: dict[str, Any], new_props: dict[str, Any], stack_name: str,
        logical_id: str | None = None,
    ) -> tuple[str, dict[str, str]]:
        name = _name_of(physical_id)
        updated, attributes = original(name, old_props, new_props, stack_name, logical_id)
        # Another physical id would be a replacement, also where an older state still has the name for it.
        return (physical_id if updated == name else attributes["Arn"]), attributes

    return update


def _deleted(original: Any) -> Any:
    def delete(physical_id: str, props: dict[str, Any]) -> None:
        original(_name_of(physical_id), props)

    return delete


def _name_of(physical_id: str) -> str:
    """MiniStack keeps secrets by name."""
    from ministack.services import secretsmanager

    return next((name for name, secret in secretsmanager._secrets.items() if secret["ARN"] == physical_id), physical_id)
