"""The shift of one alias during a stack update: its deployment, and how it went."""

from __future__ import annotations

from dataclasses import dataclass

from . import deployments
from .errors import CodeDeployError
from .records import Deployment, Record


class ShiftFailed(Exception):
    """An alias was not moved; the message is the reason that the resource shows."""


@dataclass
class Shift:
    """The deployment of one alias, or why there is none."""

    logical_id: str
    deployment: Deployment | None
    refusal: str = ""
    collected: bool = False
    """The loop has come to this alias: from now on its rollback is MiniStack's."""

    @property
    def is_over(self) -> bool:
        return self.deployment is None or self.deployment.ended.is_set()

    @property
    def has_failed(self) -> bool:
        return self.is_over and not self.has_succeeded

    @property
    def has_succeeded(self) -> bool:
        return self.deployment is not None and self.deployment.info["status"] == "Succeeded"

    def reason(self) -> str:
        """Why it failed."""
        if self.deployment is None:
            return self.refusal
        info, _ = self.deployment.described()
        error = info.get("errorInformation", {})
        rollback = info.get("rollbackInfo", {}).get("rollbackMessage", "")
        return (f"CodeDeploy deployment {self.deployment.id} ended as {info['status']}: {error.get('message', '')} "
                f"({error.get('code', 'forgotten by a reset')}) {rollback}").strip()

    def stop(self) -> None:
        """Stop and roll back, if it still runs."""
        if self.deployment is None:
            return
        try:
            deployments.stop_deployment({"deploymentId": self.deployment.id, "autoRollbackEnabled": True})
        except CodeDeployError:
            return  # It has ended by itself, or a reset has taken it.


def moves(old: Record, new: Record) -> bool:
    """Does this alias go to another version? A renamed alias is a new one."""
    same = all(old.get(name) == new.get(name) for name in ("FunctionName", "Name"))
    return same and str(old.get("FunctionVersion")) != str(new.get("FunctionVersion"))
