"""REST APIs that an OpenAPI document defines, as `AWS::Serverless::Api` writes them.

Stock MiniStack passes over `x-amazon-apigateway-any-method`, so that a SAM function on `Method: ANY` has a resource
and no method: every request is a 403 "Missing Authentication Token". On AWS the extension is the catch-all method
`ANY` ("x-amazon-apigateway-any-method object", API Gateway Developer Guide).
"""

from __future__ import annotations

from typing import Any

from .patching import require, swap

PATCH = "REST API definitions"
_EXTENSION = "x-amazon-apigateway-any-method"


def install() -> None:
    """Import the catch-all method of a path along with its other methods."""
    from ministack.services import apigateway_v1

    require(apigateway_v1, "_OPENAPI_HTTP_METHODS", patch=PATCH)
    swap(apigateway_v1, "_OPENAPI_HTTP_METHODS", lambda methods: frozenset(methods) | {"any"}, patch=PATCH)
    swap(
        apigateway_v1,
        "_import_path_item",
        _naming_any,
        patch=PATCH,
        parameters="api_id path path_item scheme_map default_security",
    )


def _naming_any(original: Any) -> Any:
    def import_path_item(
        api_id: str, path: str, path_item: dict[str, Any], scheme_map: Any = None, default_security: Any = None
    ) -> Any:
        named = {"any" if method == _EXTENSION else method: operation for method, operation in path_item.items()}
        return original(api_id, path, named, scheme_map, default_security)

    return import_path_item
