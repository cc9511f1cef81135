"""Data-plane requests without AWS credentials reach the account that owns what they name.

Stock MiniStack takes the account from the access key and serves everybody else from one default account, so an
API, distribution, bucket or user pool of another account answers 404 to a browser. On AWS these names are global:
API ids and distribution domains are DNS names, bucket names are unique ("General purpose bucket naming rules"),
and a user pool's public operations need only the app client's id ("Understanding API, OIDC, and managed login
pages authentication", Amazon Cognito Developer Guide).
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

COGNITO_TARGET = "AWSCognitoIdentityProviderService."
_API_HOST = re.compile(r"^(?P<id>[a-z0-9]+)\.execute-api\.")
_API_PATH = re.compile(r"^/(?:_aws/execute-api|restapis)/(?P<id>[a-z0-9]+)/")
_DISTRIBUTION_HOST = re.compile(r"^(?P<label>[a-z0-9]+)\.cloudfront\.")
_POOL_PATH = re.compile(r"^/(?P<id>[a-z0-9-]+_[A-Za-z0-9]+)/\.well-known/")


def owner_of_host(host: str, path: str) -> str | None:
    """The account that owns the API, distribution, user pool or bucket which `host` or `path` names, if any."""
    name = host.split(":", 1)[0].lower()
    if api := _API_HOST.match(name) or _API_PATH.match(path):
        return owner_of_api(api["id"])
    if distribution := _DISTRIBUTION_HOST.match(name):
        return _owner_of_distribution(distribution["label"])
    if pool := _POOL_PATH.match(path):
        return _owner_of_pool(pool["id"])
    return _owner_of_bucket(host, path)


def names_an_api(host: str, path: str) -> bool:
    """Whether a request is for an HTTP API or a REST API."""
    return bool(_API_HOST.match(host.split(":", 1)[0].lower()) or _API_PATH.match(path))


def owner_of_api(api_id: str) -> str | None:
    """The account that owns the HTTP API or REST API with this id."""
    return _owner_of_key("apigateway", "_apis", api_id) or _owner_of_key("apigateway_v1", "_rest_apis", api_id)


def owner_of_cognito_call(path: str, query: dict[str, list[str]], headers: dict[str, str], body: bytes) -> str | None:
    """The account whose user pool an unsigned Cognito request addresses by client id, pool id or token."""
    fields = _json_object(body) if headers.get("x-amz-target", "").startswith(COGNITO_TARGET) else {}
    if path.startswith(("/oauth2/", "/login", "/logout")):
        form = {key: values[0] for key, values in parse_qs(body.decode("latin-1")).items()}
        fields = {**form, **{key: values[0] for key, values in query.items()}}
    if owner := _owner_of_pool(str(fields.get("UserPoolId", ""))):
        return owner
    bearer = headers.get("authorization", "").removeprefix("Bearer ")
    tokens = [fields.get("AccessToken"), fields.get("Token"), bearer]
    client_ids = [fields.get("ClientId"), fields.get("client_id"), *(_client_of_token(token) for token in tokens)]
    return next((owner for owner in map(_owner_of_client, client_ids) if owner), None)


def _owner_of_distribution(label: str) -> str | None:
    domain = f"{label}.cloudfront.net"
    for key, distribution in _all_items("cloudfront", "_distributions"):
        if distribution.get("DomainName", "").lower() == domain:
            return key[0]
    return None


def _owner_of_pool(pool_id: str) -> str | None:
    return _owner_of_key("cognito", "_user_pools", pool_id)


def _owner_of_client(client_id: Any) -> str | None:
    if not client_id:
        return None
    for key, pool in _all_items("cognito", "_user_pools"):
        if client_id in pool.get("_clients", {}):
            return key[0]
    return None


def _owner_of_bucket(host: str, path: str) -> str | None:
    from ministack import app

    bucket = app._extract_s3_vhost_bucket(host) or path.lstrip("/").split("/", 1)[0]
    return _owner_of_key("s3", "_buckets", bucket)


def _owner_of_key(module: str, store: str, name: str) -> str | None:
    return next((key[0] for key, _ in _all_items(module, store) if key[-1] == name), None)


def _all_items(module: str, store: str) -> Iterable[tuple[tuple[str, ...], Any]]:
    # A module that nobody has used yet owns nothing; importing it here would only cost its start-up time.
    loaded = sys.modules.get(f"ministack.services.{module}")
    return [] if loaded is None else list(getattr(loaded, store).to_dict().items())


def _client_of_token(token: Any) -> str | None:
    parts = token.split(".") if isinstance(token, str) else []
    if len(parts) != 3:
        return None
    try:
        claims = _json_object(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return None
    return claims.get("client_id") or claims.get("aud")


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def install() -> None:
    """Check that the stores which are searched exist; the search itself is called by the gateway."""
    from ministack import app
    from ministack.services import apigateway, apigateway_v1, cloudfront, cognito, s3

    from .patching import require

    require(app, "_extract_s3_vhost_bucket", patch="accounts by host")
    for module, store in (
        (apigateway, "_apis"),
        (apigateway_v1, "_rest_apis"),
        (cloudfront, "_distributions"),
        (cognito, "_user_pools"),
        (s3, "_buckets"),
    ):
        require(require(module, store, patch="accounts by host"), "to_dict", patch="accounts by host")
