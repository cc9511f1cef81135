"""StartQuery runs Logs Insights queries.

Stock MiniStack knows `fields`, single conditions of `filter`, `sort @timestamp` and `limit`, and passes over everything
else, so that a wrong query looks like one without results. Here the basics of the language work and a query that
cannot be understood is refused ("StartQuery", Amazon CloudWatch Logs API Reference).
"""

from __future__ import annotations

import time
from typing import Any

from ..patching import require, swap
from . import actions
from .insights_nodes import QueryError
from .insights_query import run

PATCH = "Logs Insights"
KEPT_QUERIES = 200
"""Finished queries whose results can be fetched, per account and region."""


def install() -> None:
    """Replace StartQuery; results are fetched as before."""
    from ministack.services import cloudwatch_logs

    for name in ("_queries", "_log_groups", "_resolve_query_log_groups", "_collect_query_records", "new_uuid"):
        require(cloudwatch_logs, name, patch=PATCH)
    swap(cloudwatch_logs, "_start_query", lambda _: _start_query, patch=PATCH, parameters="data")


def _start_query(data: dict[str, Any]) -> Any:
    from ministack.services import cloudwatch_logs

    groups = cloudwatch_logs._resolve_query_log_groups(data)
    if not groups:
        return actions.refusal(
            "InvalidParameterException", "logGroupName, logGroupNames, or logGroupIdentifiers is required")
    if missing := [group for group in groups if group not in cloudwatch_logs._log_groups]:
        return actions.refusal(
            "ResourceNotFoundException", f"The specified log group does not exist: {missing[0]}")
    start, end = data.get("startTime", 0), data.get("endTime", int(time.time()))
    events = cloudwatch_logs._collect_query_records(groups, start, end)
    try:
        result = run(str(data.get("queryString", "")), reversed(events), data.get("limit"))
    except QueryError as error:
        return actions.refusal("MalformedQueryException", str(error))
    query = {
        "queryId": cloudwatch_logs.new_uuid(), "logGroupName": data.get("logGroupName", ""),
        "logGroupNames": data.get("logGroupNames", []), "logGroupIdentifiers": data.get("logGroupIdentifiers", []),
        "startTime": start, "endTime": end, "queryString": data.get("queryString", ""), "status": "Complete",
        "results": result.rows, "statistics": {
            "recordsMatched": float(result.matched), "recordsScanned": float(len(events)),
            "bytesScanned": float(sum(len(event.get("@message", "")) for event in events)),
        },
    }
    cloudwatch_logs._queries[query["queryId"]] = query
    for key in list(cloudwatch_logs._queries)[:-KEPT_QUERIES]:
        cloudwatch_logs._queries.pop(key, None)
    return actions.reply({"queryId": query["queryId"]})
