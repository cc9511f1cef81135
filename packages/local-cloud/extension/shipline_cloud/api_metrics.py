"""`AWS/ApiGateway` metrics of HTTP APIs.

Stock MiniStack publishes none. On AWS an HTTP API reports Count, 4xx, 5xx and Latency of every request that a stage
takes, by ApiId and by ApiId and Stage; the metrics by route are extra and paid ("Monitor CloudWatch metrics for HTTP
APIs in API Gateway", API Gateway Developer Guide).
"""

from __future__ import annotations

import time
from typing import Any

from .patching import require, swap

PATCH = "AWS/ApiGateway metrics"


def install() -> None:
    """Measure where every request to an HTTP API passes, in the account of the API."""
    from ministack.services import apigateway, cloudwatch

    require(cloudwatch, "record_metric", patch=PATCH)
    require(apigateway, "stages_for_api", patch=PATCH)
    swap(apigateway, "_handle_execute_in_scope", _measuring, patch=PATCH,
         parameters="api_id stage path method headers body query_params owner_account_id owner_region "
                    "raw_query_string")


def _measuring(original: Any) -> Any:
    async def handle_execute_in_scope(api_id: str, stage: str, *args: Any, **options: Any) -> Any:
        started = time.perf_counter()
        answer = await original(api_id, stage, *args, **options)
        if _is_deployed(api_id, stage):
            _record(api_id, stage, int(answer[0]), (time.perf_counter() - started) * 1000)
        return answer

    return handle_execute_in_scope


def _is_deployed(api_id: str, stage: str) -> bool:
    from ministack.services import apigateway

    return stage in apigateway.stages_for_api(api_id)


def _record(api_id: str, stage: str, status: int, milliseconds: float) -> None:
    from ministack.services import cloudwatch

    for dimensions in ({"ApiId": api_id}, {"ApiId": api_id, "Stage": stage}):
        cloudwatch.record_metric("AWS/ApiGateway", "Count", 1, "Count", dimensions)
        cloudwatch.record_metric("AWS/ApiGateway", "4xx", 1 if 400 <= status < 500 else 0, "Count", dimensions)
        cloudwatch.record_metric("AWS/ApiGateway", "5xx", 1 if status >= 500 else 0, "Count", dimensions)
        cloudwatch.record_metric("AWS/ApiGateway", "Latency", milliseconds, "Milliseconds", dimensions)
