"""Web pages: those of the shop may call the local cloud, no other page may."""

from __future__ import annotations

import json

import pytest

from cloud import ACCOUNT, Answer, Cloud, api_host
from test_front_doors import ECHO, distribution, open_door

SIGNED = (f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, "
          "Signature=0")
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
FUNCTIONS = "/2015-03-31/functions"


def asked(cloud: Cloud, method: str, path: str, origin: str | None, **headers: str) -> Answer:
    named = {"Authorization": SIGNED, **headers, **({} if origin is None else {"Origin": origin})}
    return cloud.request(method, path, headers=named)


def is_refused(answer: Answer) -> bool:
    cors = [header for header in answer.headers if header.startswith("access-control-")]
    return answer.status == 403 and not cors and "local cloud refuses" in answer.json()["message"]


@pytest.mark.parametrize(
    "origin", ["https://example.com", "null", "http://localhost:1", "http://127.0.0.1.example.com"])
@pytest.mark.parametrize(("method", "path"), [
    ("GET", FUNCTIONS), ("POST", f"{FUNCTIONS}/x/invocations"), ("OPTIONS", FUNCTIONS), ("GET", "/_ministack/health"),
    ("GET", "/_shipline/health"), ("PUT", "/_shipline/front-doors"), ("OPTIONS", "/_shipline/front-doors"),
])
def test_refuses_pages_of_other_origins(cloud: Cloud, origin: str, method: str, path: str) -> None:
    assert is_refused(asked(cloud, method, path, origin, **(PREFLIGHT if method == "OPTIONS" else {})))


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_refuses_what_other_pages_load_without_an_origin(cloud: Cloud, site: str) -> None:
    assert is_refused(asked(cloud, "GET", FUNCTIONS, None, **{"Sec-Fetch-Site": site}))


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_serves_what_a_person_or_its_own_page_loads(cloud: Cloud, site: str) -> None:
    assert asked(cloud, "GET", FUNCTIONS, None, **{"Sec-Fetch-Site": site}).status == 200


def test_serves_programs_and_its_own_pages(cloud: Cloud) -> None:
    for origin in (None, f"http://127.0.0.1:{cloud.port}", f"http://localhost:{cloud.port}"):
        assert asked(cloud, "GET", FUNCTIONS, origin).status == 200


def test_serves_pages_behind_a_front_door_while_it_is_open(cloud: Cloud) -> None:
    origin = f"http://localhost:{open_door(cloud, 'd0000000000000.cloudfront.net')}"
    preflight = asked(cloud, "OPTIONS", "/", origin, **PREFLIGHT)
    assert preflight.status < 300 and preflight.headers["access-control-allow-origin"] in ("*", origin)
    sign_up = cloud.request("POST", "/", body={"ClientId": "none", "Username": "a", "Password": "b"}, headers={
        "Origin": origin, "X-Amz-Target": "AWSCognitoIdentityProviderService.SignUp",
        "Content-Type": "application/x-amz-json-1.1"})
    assert "ResourceNotFoundException" in json.dumps(sign_up.json())
    open_door(cloud, "d0000000000000.cloudfront.net")
    assert is_refused(asked(cloud, "GET", FUNCTIONS, origin))


@pytest.mark.parametrize("host", ["example.com", "localhost.example.com", "127.0.0.1.nip.io", "192.168.1.2", "a:b"])
def test_refuses_names_that_were_made_to_resolve_to_this_machine(cloud: Cloud, host: str) -> None:
    assert is_refused(cloud.get("/_shipline/health", host=host))


@pytest.mark.parametrize(
    "host", ["localhost:1", "127.0.0.1", "[::1]:4566", "a.localhost", "sqs.us-east-1.amazonaws.com"])
def test_serves_names_of_this_machine_and_of_aws(cloud: Cloud, host: str) -> None:
    assert cloud.get("/_shipline/health", host=host).status == 200


def test_leaves_what_arrives_at_a_front_door_to_the_shop(cloud: Cloud, name: str) -> None:
    port = open_door(cloud, distribution(cloud, api_host(cloud.http_api(cloud.function(name, ECHO)))))
    foreign = {"Origin": "https://example.com", "Authorization": SIGNED}
    for path in ("/things", FUNCTIONS):
        answer = cloud.request("POST", path, port=port, host="shop.example.com", headers=foreign)
        assert (answer.status, answer.json()["path"]) == (201, path)


@pytest.mark.parametrize(("method", "path"), [
    ("POST", "/_ministack/reset"), ("GET", "/_localstack/health"), ("GET", "/_shipline/health"),
])
def test_leads_from_a_front_door_to_the_shop_only(cloud: Cloud, name: str, method: str, path: str) -> None:
    port = open_door(cloud, api_host(cloud.http_api(cloud.function(name, ECHO))))
    assert cloud.request(method, path, port=port).status == 404
