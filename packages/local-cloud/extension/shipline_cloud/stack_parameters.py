"""DescribeStacks tells which value a stack has read from Parameter Store.

Stock MiniStack tells the value in the place of the parameter's name. On AWS, `ParameterValue` is the input value, for
these types the name in Parameter Store, and `ResolvedValue` is "the value that corresponds to a Systems Manager
parameter key. This field is returned only for Systems Manager parameter types in the template" ("Parameter",
CloudFormation API Reference). Tools compare it with the present value to learn that a stack is out of date.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from .patching import require, swap

PATCH = "resolved values of stack parameters"


def install() -> None:
    """Tell name and value apart in what DescribeStacks answers."""
    from ministack.services import cloudformation
    from ministack.services.cloudformation import handlers, helpers

    require(cloudformation, "_stacks", patch=PATCH)
    require(helpers, "CFN_NS", patch=PATCH)
    actions = require(handlers, "_ACTION_HANDLERS", patch=PATCH)
    swap(handlers, "_describe_stacks", _telling_both, patch=PATCH, parameters="params")
    actions["DescribeStacks"] = handlers._describe_stacks


def _telling_both(original: Any) -> Any:
    from ministack.services.cloudformation.helpers import CFN_NS

    def describe_stacks(params: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        status, headers, body = original(params)
        if status != 200:
            return status, headers, body
        # Nobody from outside wrote it: it is this process's own answer.
        answer = ElementTree.fromstring(body)  # nosec B314
        for stack in answer.findall("{*}DescribeStacksResult/{*}Stacks/{*}member"):
            names = _names_of(stack.findtext("{*}StackId", ""))
            for parameter in stack.findall("{*}Parameters/{*}member"):
                if name := names.get(parameter.findtext("{*}ParameterKey", "")):
                    _tell(parameter, name)
        return status, headers, ElementTree.tostring(answer, "utf-8", xml_declaration=True, default_namespace=CFN_NS)

    return describe_stacks


def _names_of(stack_id: str) -> dict[str, str]:
    """The name in Parameter Store of each parameter that the stack resolved there."""
    from ministack.services.cloudformation import _stacks

    resolved = next((s.get("_resolved_params", {}) for s in _stacks.values() if s.get("StackId") == stack_id), {})
    return {key: value["SsmName"] for key, value in resolved.items() if "SsmName" in value}


def _tell(parameter: ElementTree.Element, name: str) -> None:
    value = parameter.find("{*}ParameterValue")
    if value is None:
        return
    namespace = value.tag.partition("}")[0] + "}"
    ElementTree.SubElement(parameter, f"{namespace}ResolvedValue").text = value.text
    value.text = name
