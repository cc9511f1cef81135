"""The alias that a deployment moves: is it what the AppSpec says, and how much of its traffic goes where.

Weights are set by UpdateAlias, as CodeDeploy does it on AWS; alias_weights.py splits the calls by them.
"""

from __future__ import annotations

import json
from typing import Any

from ministack.services import lambda_svc

from .endings import Ended, failed
from .records import Record

_MISMATCH = (
    "The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing "
    "or has an invalid configuration. {}"
)


def check(function: Record) -> None:
    """Fail unless the alias and both versions exist and the alias points at the current one. Raises Ended."""
    record, alias = _record(function), _alias(function)
    versions = record.get("versions", {})
    if missing := [function[name] for name in ("currentVersion", "targetVersion") if function[name] not in versions]:
        raise failed("INVALID_LAMBDA_CONFIGURATION", _MISMATCH.format(
            f"The function {function['functionName']} has no version {' and no version '.join(missing)}."))
    if str(alias["FunctionVersion"]) != function["currentVersion"]:
        raise _mismatch()


def shift(function: Record, percent: int) -> None:
    """Give `percent` of the alias's traffic to the target version; 100 makes it the alias's version. Raises Ended."""
    if str(_alias(function)["FunctionVersion"]) != function["currentVersion"]:
        raise _mismatch()
    if percent == 100:
        _update(function, {"FunctionVersion": function["targetVersion"], "RoutingConfig": None})
    else:
        weights = {function["targetVersion"]: percent / 100}
        _update(function, {"RoutingConfig": {"AdditionalVersionWeights": weights}})


def restore(function: Record, version: str) -> None:
    """Give all of the alias's traffic to `version`. Raises Ended when the alias is gone."""
    _alias(function)
    _update(function, {"FunctionVersion": version, "RoutingConfig": None})


def _update(function: Record, change: Record) -> None:
    status, _, body = lambda_svc._update_alias(function["functionName"], function["functionAlias"], change)
    if status >= 400:
        raise failed("INVALID_LAMBDA_CONFIGURATION", _MISMATCH.format(json.loads(body).get("message", "")))


def _record(function: Record) -> Any:
    record = lambda_svc._functions.get(function["functionName"])
    if record is None:
        raise failed("INVALID_LAMBDA_FUNCTION", f"The Lambda function {function['functionName']} does not exist.")
    return record


def _alias(function: Record) -> Any:
    alias = _record(function).get("aliases", {}).get(function["functionAlias"])
    if alias is None:
        raise failed("INVALID_LAMBDA_CONFIGURATION", _MISMATCH.format(
            f"The function {function['functionName']} has no alias {function['functionAlias']}."))
    return alias


def _mismatch() -> Ended:
    return failed("INVALID_LAMBDA_CONFIGURATION", _MISMATCH.format(
        "The Lambda function alias version does not match the current version in AppSpec file."))
