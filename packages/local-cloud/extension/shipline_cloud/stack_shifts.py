"""The traffic shifts of one stack update: started together, waited for one by one, ended together.

When one of them fails or the update is cancelled, those still under way are stopped and rolled back, and those that
MiniStack's loop has not come to yet are put back, since its rollback knows nothing of them. What shifts, and how, is
told by `register`: aliases of functions (codedeploy/) and of state machines (state_machine_types.py).
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ministack.services.cloudformation import engine, stacks

from . import stack_waves
from .stack_waves import PolicyOf, waves
from .traffic_shifts import Refused, ShiftFailed, TrafficShift

CANCELLED = "Resource update cancelled"
Record = dict[str, Any]
Begin = Callable[["StackUpdate", str, Record, Record], TrafficShift | None]
"""Starts the shift of a resource, given its id, old and new properties; None when its traffic does not move. Raises
ShiftFailed when it cannot start."""
Restore = Callable[[str, Record], None]
"""Gives all traffic to what a resource's previous properties say, given its physical id. Raises ShiftFailed."""
_begin: dict[str, Begin] = {}
_restore: dict[str, Restore] = {}


def register(resource_type: str, policy: PolicyOf, begin: Begin, restore: Restore) -> None:
    """Let resources of this type shift their traffic by what `policy` finds in their definition."""
    stack_waves.shift_by(resource_type, policy)
    _begin[resource_type] = begin
    _restore[resource_type] = restore


def shifts(resource_type: str) -> bool:
    """Can resources of this type shift traffic?"""
    return resource_type in _begin


def put_back_interrupted(stack: Record, operation: Record) -> None:
    """For a rollback without its update, after a restart: a shift may have moved what the loop had not come to."""
    previous = (operation.get("previous_stack") or {}).get("_resources", {})
    for name, resource in ((operation.get("template") or {}).get("Resources") or {}).items():
        if stack_waves.policy_of(resource) is None or name not in previous or name in operation["created"]:
            continue
        record, kind = previous[name], resource["Type"]
        try:
            _restore[kind](record["PhysicalResourceId"], record["Properties"])
        except ShiftFailed as error:
            stacks._add_event(stack["StackId"], stack["StackName"], name, kind, "UPDATE_FAILED", str(error),
                              record["PhysicalResourceId"])


@dataclass
class StackUpdate:
    """An update of a stack from its first resource to its end."""

    stack: Record
    template: Record
    parameters: Record
    previous: Record
    shifts: dict[str, TrafficShift] = field(default_factory=dict)
    collected: set[str] = field(default_factory=set)
    """What the loop has come to: its rollback is MiniStack's."""
    cancelled: bool = False

    def begin_wave_of(self, logical_id: str) -> None:
        """Start the shift of this resource and of every other one that is ready as well."""
        resources = self.template["Resources"]
        order = stacks._topological_sort(resources, self.stack.get("_conditions", {}))
        wave = next(wave for wave in waves(order, resources) if logical_id in wave)
        for name in wave:
            before = self.previous.get("_resources", {}).get(name)
            if before is None:
                continue
            try:
                after = self.resolved(resources[name].get("Properties", {}))
                shift = _begin[resources[name]["Type"]](self, name, before["Properties"], after)
            except ShiftFailed as refusal:
                shift = Refused(str(refusal))
            if shift is not None:
                self.shifts[name] = shift

    def collect(self, logical_id: str) -> None:
        """Wait for one resource. Raises ShiftFailed, after everything else has ended, too."""
        shift = self.shifts[logical_id]
        self.collected.add(logical_id)
        while not shift.is_over:
            shift.wait(0.1)
            self._cancel_when_asked()
            if self.cancelled or self._failed():
                self.settle()
        if shift.failure is None:
            return
        self.settle()
        is_culprit = not self.cancelled and not (shift.was_stopped and self._failed() - {logical_id})
        raise ShiftFailed(shift.failure if is_culprit else CANCELLED)

    def settle(self) -> None:
        """End what is under way; put back what the loop has not come to."""
        running = [shift for shift in self.shifts.values() if not shift.is_over]
        culprits = self._failed()
        for shift in running:
            shift.stop()
        for shift in running:
            shift.wait()
        for name in self.shifts.keys() - self.collected:
            self.collected.add(name)
            self._put_back(name, self.shifts[name].failure if name in culprits else CANCELLED)

    def failed_ids(self, logical_id: str | None) -> str | None:
        """The resources that failed, as the rollback's reason lists them."""
        return ", ".join(sorted((self._failed() | {logical_id or ""}) - {""})) or None

    def physical_id_of(self, name: str) -> str:
        """The id that the resource had before the update."""
        return str(self.previous.get("_resources", {}).get(name, {}).get("PhysicalResourceId", ""))

    def tell(self, name: str, status: str, reason: str | None) -> None:
        """Add an event of this resource to the stack."""
        stacks._add_event(self.stack["StackId"], self.stack["StackName"], name,
                          self.template["Resources"][name]["Type"], status, reason or "", self.physical_id_of(name))

    def resolved(self, value: Any) -> Any:
        """A part of the template with its references replaced by what they refer to now."""
        return engine._resolve_refs(
            copy.deepcopy(value), self.stack["_resources"], self.parameters, self.stack.get("_conditions", {}),
            self.template.get("Mappings", {}), self.stack["StackName"], self.stack["StackId"])

    def _failed(self) -> set[str]:
        return {name for name, shift in self.shifts.items() if shift.failure is not None}

    def _put_back(self, name: str, reason: str | None) -> None:
        self.tell(name, "UPDATE_FAILED", reason)
        try:
            self.shifts[name].put_back()
        except ShiftFailed as error:
            self.tell(name, "UPDATE_FAILED", str(error))

    def _cancel_when_asked(self) -> None:
        if self.stack.pop("_cancel_requested", False):
            self.cancelled = True
