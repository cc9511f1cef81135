"""What must be true of every answer of the API, whatever was asked: Schemathesis loads this beside its own checks.

https://schemathesis.readthedocs.io/en/stable/guides/extending/
"""

import re

import schemathesis

# A frame of V8 or of Python, or a path of Lambda's file system.
TRACE = re.compile(r"\n\s+at .+[:(]\d+|Traceback \(most recent|/var/task/|node_modules/")


# CloudFront refuses other methods (TRACE) by a page of its own, before anything of ours is asked.
PASSED_ON = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE")


@schemathesis.check
def tells_browsers_what_to_do(ctx, response, case):
    if case.method.upper() not in PASSED_ON:
        return
    headers = {name.lower(): values for name, values in response.headers.items()}
    missing = [
        name
        for name in ("strict-transport-security", "x-content-type-options", "referrer-policy")
        if name not in headers
    ]
    assert not missing, f"no header {', '.join(missing)}"


@schemathesis.check
def tells_nothing_of_its_inside(ctx, response, case):
    found = TRACE.search(response.text)
    assert found is None, f"the answer shows its code: {found.group(0)!r}"


@schemathesis.check
def refuses_by_problem_documents(ctx, response, case):
    if response.status_code < 400 or case.method.upper() not in PASSED_ON:
        return
    # API Gateway refuses by itself who is not signed in, and what is no route.
    if response.status_code in (401, 403, 404) and "apigw-requestid" in response.headers:
        return
    content_type = (response.headers.get("content-type") or [""])[0]
    assert content_type.startswith("application/problem+json"), f"{response.status_code} with {content_type}"
