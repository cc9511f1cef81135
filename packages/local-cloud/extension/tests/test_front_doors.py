"""Front doors and CloudFront origins: the way of a browser from localhost to a function."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from cloud import Cloud, api_host, free_port

ECHO = """export const handler = async (event) => {
  console.log('called');
  if (event.rawPath === '/api/away') {
    return { statusCode: 302, headers: { location: `https://${event.headers['x-viewer-host']}/next?a=1` },
      cookies: [`sid=1; Domain=${event.headers['x-viewer-host']}; Secure; HttpOnly`] };
  }
  return { statusCode: 201, headers: { 'x-made-by': 'function' }, body: JSON.stringify({
    method: event.requestContext.http.method, path: event.rawPath, query: event.rawQueryString,
    authorization: event.headers.authorization, body: event.body, host: event.headers.host }) };
};"""
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


def distribution(cloud: Cloud, origin: str, path: str = "", policy: str = "redirect-to-https") -> str:
    """A distribution in front of one custom origin; returns its domain name."""
    config: dict[str, Any] = {
        "CallerReference": origin, "Comment": "", "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{
            "Id": "api", "DomainName": origin, "OriginPath": path,
            "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
        }]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "api", "ViewerProtocolPolicy": policy,
            "AllowedMethods": {"Quantity": 7, "Items": ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]},
            "CachePolicyId": CACHING_DISABLED, "OriginRequestPolicyId": ALL_VIEWER_EXCEPT_HOST,
        },
    }
    created = cloud.client("cloudfront").create_distribution(DistributionConfig=config)
    return str(created["Distribution"]["DomainName"])


def open_door(cloud: Cloud, target: str) -> int:
    port = free_port()
    answer = cloud.request("PUT", "/_shipline/front-doors", body={"doors": [{"port": port, "target": target}]})
    assert answer.status == 200, answer.body
    return port


@pytest.mark.parametrize("kind", ["http", "rest"])
def test_forwards_a_request_from_localhost_through_cloudfront_to_the_api(cloud: Cloud, name: str, kind: str) -> None:
    function = cloud.function(name, ECHO if kind == "http" else REST_ECHO)
    api = cloud.http_api(function) if kind == "http" else cloud.rest_api(function)
    domain = distribution(cloud, api_host(api), "" if kind == "http" else "/v1")
    port = open_door(cloud, domain)

    answer = cloud.request(
        "PUT", "/api/x%20y?b=2&a=1", port=port, address="localhost", body=b"hello",
        headers={"Authorization": "Bearer abc", "Content-Type": "text/plain"},
    )

    assert answer.status == 201 and answer.headers["x-made-by"] == "function"
    assert answer.json() == {"method": "PUT", "path": "/api/x y", "query": "b=2&a=1", "authorization": "Bearer abc",
                             "body": "hello", "host": api_host(api)}


REST_ECHO = """export const handler = async (event) => {
  console.log('called');
  const query = Object.entries(event.queryStringParameters).map(([k, v]) => `${k}=${v}`).join('&');
  return { statusCode: 201, headers: { 'x-made-by': 'function' }, body: JSON.stringify({
    method: event.httpMethod, path: decodeURIComponent(event.path), query,
    authorization: event.headers.Authorization ?? event.headers.authorization, body: event.body,
    host: event.headers.Host ?? event.headers.host }) };
};"""


def test_keeps_the_targets_name_out_of_redirects_and_cookies(cloud: Cloud, name: str) -> None:
    domain = distribution(cloud, api_host(cloud.http_api(cloud.function(name, ECHO))))
    port = open_door(cloud, domain)
    answer = cloud.get("/api/away", port=port, headers={"x-viewer-host": domain})
    assert answer.status == 302
    assert answer.headers["location"] == f"http://localhost:{port}/next?a=1"
    assert answer.headers["set-cookie"] == "sid=1; Secure; HttpOnly"


def test_refuses_a_port_in_use_and_keeps_the_doors_that_are_open(cloud: Cloud) -> None:
    port = open_door(cloud, "d1.cloudfront.net")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        doors = [{"port": taken, "target": "d1.cloudfront.net"}, {"port": free_port(), "target": "d1.cloudfront.net"}]
        answer = cloud.request("PUT", "/_shipline/front-doors", body={"doors": doors})
    assert answer.status == 409 and f"Port {taken} is in use" in answer.json()["message"]
    assert [door["port"] for door in cloud.get("/_shipline/health").json()["frontDoors"]] == [port]


def test_answers_clearly_where_there_is_no_target(cloud: Cloud) -> None:
    answer = cloud.get("/", port=open_door(cloud, "d0000000000000.cloudfront.net"))
    assert answer.status == 503 and "d0000000000000.cloudfront.net" in answer.json()["message"]


@pytest.mark.parametrize("doors", ["x", [{"port": 0, "target": "a"}], [{"port": 4000}], [3]])
def test_refuses_doors_that_make_no_sense(cloud: Cloud, doors: Any) -> None:
    assert cloud.request("PUT", "/_shipline/front-doors", body={"doors": doors}).status == 400


def test_opens_its_doors_again_after_a_restart(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud()
    port = open_door(cloud, api_host(cloud.http_api(cloud.function(name, ECHO))))
    cloud.stop()
    cloud.start()
    assert cloud.get("/things", port=port).status == 201
