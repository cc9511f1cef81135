"""Events of HTTP APIs have no members that AWS leaves out."""

from __future__ import annotations

from cloud import Cloud, api_host

EVENT = "export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });"


def test_leaves_path_parameters_out_where_the_route_has_none(cloud: Cloud, name: str) -> None:
    api = cloud.http_api(cloud.function(name, EVENT), route="GET /things")
    event = cloud.get("/things?limit=2", host=api_host(api)).json()
    assert None not in event.values()
    assert event["queryStringParameters"] == {"limit": "2"}


def test_keeps_the_parameters_of_a_route_that_has_some(cloud: Cloud, name: str) -> None:
    api = cloud.http_api(cloud.function(name, EVENT), route="GET /things/{id}")
    assert cloud.get("/things/7", host=api_host(api)).json()["pathParameters"] == {"id": "7"}
