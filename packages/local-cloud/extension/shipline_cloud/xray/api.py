"""The X-Ray API, of which MiniStack has nothing: POST a JSON object to the operation's path.

Limits as documented ("AWS X-Ray endpoints and quotas", AWS General Reference; the operations' pages in the AWS X-Ray
API Reference): 5 traces per BatchGetTraces, 6 hours per query, 64 kB per document. A refused request answers 400
InvalidRequestException. Sampling rules are also answered without credentials: the SDKs ask the daemon, which asks in
their name.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from typing import Any

from .documents import InvalidSegment, parse_document
from .filter_language import InvalidFilter
from .filters import compile_filter
from .graphs import services_of
from .sampling import Sampler
from .store import Place, Trace, TraceStore
from .summaries import summary_of, trace_of
from .views import view_of

DAEMON_PATHS = frozenset({"/GetSamplingRules", "/SamplingTargets"})
_MAX_TRACE_IDS = 5
_MAX_RANGE_SECONDS = 6 * 3600
_PAGE = 100
Request = dict[str, Any]
Operation = Callable[[Request, Place], dict[str, Any]]


class InvalidRequest(ValueError):
    """The message is a sentence for the caller."""


class XRayApi:
    """The operations by their paths; `answer` serves one request."""

    def __init__(self, store: TraceStore, sampler: Sampler) -> None:
        self._store = store
        self._sampler = sampler
        self._operations: dict[str, Operation] = {
            "/TraceSegments": self._put_trace_segments,
            "/Traces": self._batch_get_traces,
            "/TraceSummaries": self._get_trace_summaries,
            "/TraceGraph": self._get_trace_graph,
            "/ServiceGraph": self._get_service_graph,
            "/GetSamplingRules": self._get_sampling_rules,
            "/SamplingTargets": self._get_sampling_targets,
            "/TelemetryRecords": lambda request, place: {},
            "/Groups": lambda request, place: {"Groups": [_default_group(place)]},
            "/GetGroup": _get_group,
        }

    def answer(self, method: str, path: str, body: bytes, place: Place) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, body) of one request of an account and region."""
        operation = self._operations.get(path.rstrip("/")) if method == "POST" else None
        try:
            if operation is None:
                raise InvalidRequest(f"The local cloud's X-Ray does not have {method} {path}.")
            return _response(200, operation(_object(body), place))
        except (InvalidRequest, InvalidFilter) as error:
            return _response(400, {"message": str(error)}, {"x-amzn-ErrorType": "InvalidRequestException"})

    def _put_trace_segments(self, request: Request, place: Place) -> dict[str, Any]:
        refused = []
        for text in _list(request, "TraceSegmentDocuments"):
            try:
                document = parse_document(str(text))
            except InvalidSegment as error:
                known = {"Id": error.segment_id} if error.segment_id else {}
                refused.append({**known, "ErrorCode": error.code, "Message": str(error)})
                continue
            self._store.put(place, document)
        return {"UnprocessedTraceSegments": refused}

    def _batch_get_traces(self, request: Request, place: Place) -> dict[str, Any]:
        ids = [str(one) for one in _list(request, "TraceIds")]
        if len(ids) > _MAX_TRACE_IDS:
            raise InvalidRequest(f"At most {_MAX_TRACE_IDS} trace ids are possible in one request.")
        found = [trace for one in ids if (trace := self._store.find(place, one)) is not None]
        return {"Traces": list(map(trace_of, found)), "UnprocessedTraceIds": []}

    def _get_trace_summaries(self, request: Request, place: Place) -> dict[str, Any]:
        if "SamplingStrategy" in request or request.get("Sampling"):
            raise InvalidRequest("The local cloud returns every trace: Sampling and SamplingStrategy are not possible.")
        start, end = _range(request)
        time_of = _time_of(request.get("TimeRangeType", "TraceId"))
        fits = compile_filter(request.get("FilterExpression"), place[0])
        traces = self._store.all(place)
        found = [trace for trace in traces if start <= time_of(trace) <= end and fits(trace)]
        first = _offset(request)
        page = found[first:first + _PAGE]
        more = {"NextToken": str(first + _PAGE)} if len(found) > first + _PAGE else {}
        return {"TraceSummaries": [summary_of(trace, place) for trace in page], "ApproximateTime": time.time(),
                "TracesProcessedCount": len(traces), **more}

    def _get_trace_graph(self, request: Request, place: Place) -> dict[str, Any]:
        ids = [str(one) for one in _list(request, "TraceIds")]
        found = [trace for one in ids if (trace := self._store.find(place, one)) is not None]
        return {"Services": services_of(found, place)}

    def _get_service_graph(self, request: Request, place: Place) -> dict[str, Any]:
        if request.get("GroupName", "Default") != "Default":
            raise InvalidRequest(f"There is no group {request['GroupName']}.")
        start, end = _range(request)
        found = [trace for trace in self._store.all(place) if start <= view_of(trace).start <= end]
        return {"StartTime": start, "EndTime": end, "Services": services_of(found, place),
                "ContainsOldGroupVersions": False}

    def _get_sampling_rules(self, request: Request, place: Place) -> dict[str, Any]:
        rule = {
            "RuleName": "Default", "RuleARN": f"arn:aws:xray:{place[1]}:{place[0]}:sampling-rule/Default",
            "ResourceARN": "*", "Priority": 10_000, "FixedRate": self._sampler.rule.rate,
            "ReservoirSize": self._sampler.rule.reservoir, "ServiceName": "*", "ServiceType": "*", "Host": "*",
            "HTTPMethod": "*", "URLPath": "*", "Version": 1, "Attributes": {},
        }
        return {"SamplingRuleRecords": [{"SamplingRule": rule, "CreatedAt": 0, "ModifiedAt": 0}]}

    def _get_sampling_targets(self, request: Request, place: Place) -> dict[str, Any]:
        now = time.time()
        names = [str(one.get("RuleName")) for one in _list(request, "SamplingStatisticsDocuments")]
        target = {"RuleName": "Default", "FixedRate": self._sampler.rule.rate, "Interval": 10,
                  "ReservoirQuota": self._sampler.rule.reservoir, "ReservoirQuotaTTL": math.ceil(now) + 10}
        unknown = [{"RuleName": name, "ErrorCode": "400", "Message": "Unknown rule"} for name in names
                   if name != "Default"]
        return {"SamplingTargetDocuments": [target] if "Default" in names else [], "LastRuleModification": 0,
                "UnprocessedStatistics": unknown}


def _get_group(request: Request, place: Place) -> dict[str, Any]:
    group = _default_group(place)
    if request.get("GroupName") != "Default" and request.get("GroupARN") != group["GroupARN"]:
        raise InvalidRequest("Group not found.")
    return {"Group": group}


def _default_group(place: Place) -> dict[str, Any]:
    account, region = place
    return {"GroupName": "Default", "GroupARN": f"arn:aws:xray:{region}:{account}:group/Default",
            "InsightsConfiguration": {"InsightsEnabled": False, "NotificationsEnabled": False}}


def _time_of(kind: str) -> Callable[[Trace], float]:
    if kind == "TraceId":
        return lambda trace: float(int(trace.id.split("-")[1], 16))
    if kind == "Event":
        return lambda trace: view_of(trace).start
    raise InvalidRequest(f"The local cloud searches by the time of TraceId or Event, not by {kind}.")


def _range(request: Request) -> tuple[float, float]:
    start, end = request.get("StartTime"), request.get("EndTime")
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        raise InvalidRequest("StartTime and EndTime are required.")
    if end < start:
        raise InvalidRequest("EndTime must not be before StartTime.")
    if end - start > _MAX_RANGE_SECONDS:
        raise InvalidRequest("The time range must not be longer than 6 hours.")
    return math.floor(start), end


def _offset(request: Request) -> int:
    token = request.get("NextToken") or "0"
    if not isinstance(token, str) or not token.isdecimal():
        raise InvalidRequest("NextToken is not one of this operation.")
    return int(token)


def _list(request: Request, name: str) -> list[Any]:
    value = request.get(name)
    if not isinstance(value, list):
        raise InvalidRequest(f"{name} is required.")
    return value


def _object(body: bytes) -> Request:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise InvalidRequest("The request must be a JSON object.")
    return parsed


def _response(status: int, document: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    return status, {"Content-Type": "application/json", **(headers or {})}, json.dumps(document).encode()
