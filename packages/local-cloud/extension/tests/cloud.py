"""A local cloud of its own for the tests, and what they say to it."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config

EXTENSION = Path(__file__).resolve().parent.parent
REPOSITORY = EXTENSION.parents[2]
ACCOUNT = "100000000001"
T = TypeVar("T")


def free_port() -> int:
    """A port on 127.0.0.1 that nothing listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def eventually(probe: Callable[[], T], *, within: float = 30) -> T:
    """The first true answer of `probe`; fails when there is none in time."""
    deadline = time.monotonic() + within
    while True:
        if answer := probe():
            return answer
        assert time.monotonic() < deadline, f"no true answer within {within} s, the last was {answer!r}"
        time.sleep(0.02)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Cloud:
    """One server process with its state under `home`."""

    home: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        for folder in ("state", "s3", "tmp"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.pathsep.join([str(REPOSITORY / "node_modules/.bin"), os.environ.get("PATH", os.defpath)]),
            "PYTHONPATH": str(EXTENSION),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "IOT_MTLS_ENABLED": "0",
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "STATE_DIR": str(self.home / "state"),
            "S3_DATA_DIR": str(self.home / "s3"),
            "HOME": str(self.home),
            "TMPDIR": str(self.home / "tmp"),
            "SHIPLINE_FRONT_DOORS_FILE": str(self.home / "doors.json"),
            "SHIPLINE_MAX_WORKERS": "4",
            # So long that a test which needs the rule of last resort to pass fails instead.
            "SHIPLINE_STALL_SECONDS": "600",
            "LAMBDA_WARM_TTL_SECONDS": "20",
            **self.settings,
        }

    def start(self) -> Cloud:
        self.home.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "shipline_cloud"],
            env=self.environment(),
            stdout=(self.home / "log").open("ab"),
            stderr=subprocess.STDOUT,
        )
        eventually(self._is_ready)
        return self

    def _is_ready(self) -> bool:
        assert self.process is not None and self.process.poll() is None, (self.home / "log").read_text()[-2000:]
        try:
            return self.get("/_shipline/health").status == 200
        except OSError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None

    def client(self, service: str, account: str = ACCOUNT, config: Config | None = None) -> Any:
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id=account,
            aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}, max_pool_connections=120, read_timeout=60).merge(
                config or Config()),
        )

    def request(
        self, method: str, path: str, *, host: str | None = None, body: Any = None,
        headers: dict[str, str] | None = None, port: int | None = None, address: str = "127.0.0.1",
    ) -> Answer:
        """One request without credentials, as a browser sends it; `body` other than bytes is sent as JSON."""
        connection = HTTPConnection(address, port or self.port, timeout=60)
        try:
            data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            named = {"Host": host} if host else {}
            connection.request(method, path, data, {**named, **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def get(self, path: str, **options: Any) -> Answer:
        return self.request("GET", path, **options)

    def function(self, name: str, source: str, **settings: Any) -> str:
        """Create a Node function from the text of its index.mjs; returns its ARN."""
        created = self.client("lambda").create_function(
            FunctionName=name,
            Runtime="nodejs24.x",
            Role=f"arn:aws:iam::{ACCOUNT}:role/test",
            Handler="index.handler",
            Code={"ZipFile": zipped(source)},
            **{"Timeout": 20, **settings},
        )
        return str(created["FunctionArn"])

    def published(self, name: str, source: str, alias: str = "live", **settings: Any) -> str:
        """Create a function with version 1 behind an alias; returns the alias's ARN."""
        self.function(name, source, **settings)
        lambdas = self.client("lambda")
        version = lambdas.publish_version(FunctionName=name)["Version"]
        return str(lambdas.create_alias(FunctionName=name, Name=alias, FunctionVersion=version)["AliasArn"])

    def invoke(self, name: str, payload: Any = None, **options: Any) -> Any:
        """The parsed payload of a synchronous invocation."""
        answer = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(payload or {}), **options)
        return json.loads(answer["Payload"].read())

    def settled_stack(self, name: str) -> Any:
        """The description of a stack once no operation on it is in progress."""

        def described() -> Any:
            (stack,) = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
            return not stack["StackStatus"].endswith("IN_PROGRESS") and stack

        return eventually(described)

    def http_api(self, function_arn: str, route: str = "ANY /{proxy+}") -> str:
        """An HTTP API (payload 2.0) in front of a function; returns its id."""
        apis = self.client("apigatewayv2")
        api = apis.create_api(Name="test", ProtocolType="HTTP")["ApiId"]
        integration = apis.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=function_arn, PayloadFormatVersion="2.0"
        )["IntegrationId"]
        apis.create_route(ApiId=api, RouteKey=route, Target=f"integrations/{integration}")
        apis.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
        return str(api)

    def rest_api(self, function_arn: str, stage: str = "v1") -> str:
        """A REST API with one greedy proxy resource in front of a function; returns its id."""
        apis = self.client("apigateway")
        api = apis.create_rest_api(name="test")["id"]
        root = apis.get_resources(restApiId=api)["items"][0]["id"]
        resource = apis.create_resource(restApiId=api, parentId=root, pathPart="{proxy+}")["id"]
        apis.put_method(restApiId=api, resourceId=resource, httpMethod="ANY", authorizationType="NONE")
        apis.put_integration(
            restApiId=api, resourceId=resource, httpMethod="ANY", type="AWS_PROXY", integrationHttpMethod="POST",
            uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function_arn}/invocations",
        )
        apis.create_deployment(restApiId=api, stageName=stage)
        return str(api)


def zipped(source: str) -> bytes:
    """A deployment package with one index.mjs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.mjs", source)
    return buffer.getvalue()


def api_host(api: str) -> str:
    """The host name that AWS gives an API."""
    return f"{api}.execute-api.us-east-1.amazonaws.com"
