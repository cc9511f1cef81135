"""Accounts by host: requests without credentials find the owner of what they address."""

from __future__ import annotations

from cloud import Cloud, api_host

ECHO = """export const handler = async (event) => {
  console.log('called');
  return { statusCode: 200, body: JSON.stringify({ path: event.rawPath ?? event.path }) };
};"""
CLAIMS = """export const handler = async (event) => ({
  statusCode: 200, body: JSON.stringify(event.requestContext.authorizer.jwt.claims) });"""
COGNITO = "AWSCognitoIdentityProviderService"


def test_finds_the_http_api_by_the_host_name_of_aws(cloud: Cloud, name: str) -> None:
    api = cloud.http_api(cloud.function(name, ECHO))
    answer = cloud.get("/things", host=api_host(api))
    assert (answer.status, answer.json()) == (200, {"path": "/things"})


def test_finds_the_rest_api_by_the_host_name_of_aws(cloud: Cloud, name: str) -> None:
    api = cloud.rest_api(cloud.function(name, ECHO))
    answer = cloud.get("/v1/things", host=api_host(api))
    assert (answer.status, answer.json()) == (200, {"path": "/things"})


def test_finds_a_public_object_by_its_bucket(cloud: Cloud, name: str) -> None:
    s3 = cloud.client("s3")
    bucket = name[:40].strip("-")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="hello.txt", Body=b"hello")
    for path, host in ((f"/{bucket}/hello.txt", None), ("/hello.txt", f"{bucket}.s3.us-east-1.amazonaws.com")):
        answer = cloud.get(path, host=host)
        assert (answer.status, answer.body) == (200, b"hello")


def test_finds_the_user_pool_by_client_id_and_by_pool_id(cloud: Cloud, name: str) -> None:
    cognito = cloud.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName=name)["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="web", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]["ClientId"]

    def call(operation: str, body: dict[str, object]) -> dict[str, object]:
        answer = cloud.request(
            "POST", "/", body=body,
            headers={"X-Amz-Target": f"{COGNITO}.{operation}", "Content-Type": "application/x-amz-json-1.1"},
        )
        assert answer.status == 200, answer.body
        return answer.json()

    call("SignUp", {"ClientId": client, "Username": "ann@example.com", "Password": "Correct-horse-1"})
    cognito.admin_confirm_sign_up(UserPoolId=pool, Username="ann@example.com")
    tokens = call("InitiateAuth", {
        "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": "ann@example.com", "PASSWORD": "Correct-horse-1"},
    })["AuthenticationResult"]
    assert call("GetUser", {"AccessToken": tokens["AccessToken"]})["Username"]
    assert cloud.get(f"/{pool}/.well-known/jwks.json").json()["keys"]
    assert_authorizes(cloud, name, pool, client, tokens["AccessToken"])


def assert_authorizes(cloud: Cloud, name: str, pool: str, client: str, token: str) -> None:
    """An API whose authorizer fetches the pool's keys lets the token through, and no forged one."""
    api = cloud.http_api(cloud.function(name, CLAIMS), route="GET /open")
    apis = cloud.client("apigatewayv2")
    authorizer = apis.create_authorizer(
        ApiId=api, AuthorizerType="JWT", Name="jwt", IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Audience": [client], "Issuer": f"https://cognito-idp.us-east-1.amazonaws.com/{pool}"},
    )["AuthorizerId"]
    target = apis.get_routes(ApiId=api)["Items"][0]["Target"]
    apis.create_route(ApiId=api, RouteKey="GET /me", Target=target, AuthorizationType="JWT", AuthorizerId=authorizer)
    header, payload, signature = token.split(".")
    forged = ".".join([header, payload, signature[:-4] + ("AAAA" if signature[-4:] != "AAAA" else "BBBB")])
    host = api_host(api)
    statuses = [cloud.get("/me", host=host, headers=headers).status for headers in (
        {"Authorization": f"Bearer {token}"}, {"Authorization": f"Bearer {forged}"}, {})]
    assert statuses == [200, 401, 401]
