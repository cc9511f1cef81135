"""Edits to the script that runs inside MiniStack's Node worker processes.

Stock MiniStack: (1) reports only an error's message, so that every failure has the type `Runtime.HandlerError`;
(2) cannot tell when a call's log lines end, and waits 50 ms for a function that logs nothing; (3) may outlive a
killed server. On AWS the payload of a failed call has the `errorType` (the error's name), `errorMessage` and `trace`
("Using Lambda to process errors: Node.js", AWS Lambda Developer Guide). Besides, (4) requests of a worker to
this machine carry the worker's number, by which the pool knows nested calls (workers.py).
"""

from __future__ import annotations

from .patching import require, require_text

PATCH = "Node worker"
WORKER_HEADER = "x-shipline-worker"
WORKER_VARIABLE = "SHIPLINE_WORKER"
LOG_STREAM_VARIABLE = "SHIPLINE_LOG_STREAM"
"""Both are read and removed before the function's own code is loaded."""
END_OF_LOG = "\x1e"
"""A line of stderr that starts with this ends the lines of the request whose id follows."""

_HELPERS = r"""
const _shiplineEndLog = (requestId) => _stderrWrite("\u001e" + requestId + "\n");
const _shiplineError = (thrown) => Object.prototype.toString.call(thrown) === "[object Error]"
  ? { errorType: thrown.name, error: thrown.message, trace: String(thrown.stack || "").split("\n") }
  : { errorType: typeof thrown, error: String(thrown), trace: [] };
const _shiplineFail = (thrown, requestId) => {
  const { errorType, error, trace } = _shiplineError(thrown);
  _stderrWrite([new Date().toISOString(), requestId, "ERROR", "Invoke Error",
    JSON.stringify({ errorType, errorMessage: error, stack: trace })].join("\t") + "\n");
  _shiplineEndLog(requestId);
  _realStdoutWrite(JSON.stringify({ status: "error", errorType, error, trace }) + "\n");
};
function _shiplineMarkCalls() {
  const worker = process.env.SHIPLINE_WORKER;
  // MiniStack reserves this variable, so its true value arrives under another name.
  process.env.AWS_LAMBDA_LOG_STREAM_NAME = process.env.SHIPLINE_LOG_STREAM;
  delete process.env.SHIPLINE_WORKER;
  delete process.env.SHIPLINE_LOG_STREAM;
  const local = (host) => ["127.0.0.1", "localhost", "::1", "[::1]"].includes(host);
  const request = http.request;
  http.request = function (...args) {
    const sent = request.apply(this, args);
    if (local(sent.host) && !sent.headersSent) sent.setHeader("x-shipline-worker", worker);
    return sent;
  };
  http.get = function (...args) {
    const sent = http.request(...args);
    sent.end();
    return sent;
  };
  const fetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const target = new URL(input instanceof Request ? input.url : String(input), "http://localhost");
    if (!local(target.hostname)) return fetch(input, init);
    const marked = new Request(input, init);
    marked.headers.set("x-shipline-worker", worker);
    return fetch(marked);
  };
  require("module").syncBuiltinESMExports();
}
"""

_EDITS = (
    ("let handlerFn = null;\n", _HELPERS + "let handlerFn = null;\n"),
    # url.parse makes Node write a deprecation warning into the function's log.
    ("const parsed = url.parse(endpoint);", "const parsed = new URL(endpoint);"),
    ("      patchAwsSdk();\n", "      patchAwsSdk();\n      _shiplineMarkCalls();\n"),
    ('rl.on("line", async (line) => {\n', 'rl.on("close", () => process.exit(0));\nrl.on("line", async (line) => {\n'),
    (
        "        _realStdoutWrite(JSON.stringify({\n"
        '          status: "error", error: e.message\n'
        '        }) + "\\n");\n',
        "        _realStdoutWrite(JSON.stringify({\n"
        '          status: "error", error: JSON.stringify(_shiplineError(e)),\n'
        '        }) + "\\n");\n',
    ),
    (
        '          _realStdoutWrite(JSON.stringify({\n'
        '            status: "error", error: String(err.message || err), trace: err.stack || ""\n'
        '          }) + "\\n");\n',
        "          _shiplineFail(err, ctx.request_id);\n",
    ),
    (
        '          _realStdoutWrite(JSON.stringify({ status: "ok", result: res }) + "\\n");\n',
        '          const _shiplineAnswer = JSON.stringify({ status: "ok", result: res }) + "\\n";\n'
        "          _shiplineEndLog(ctx.request_id);\n"
        "          _realStdoutWrite(_shiplineAnswer);\n",
    ),
    (
        "      _realStdoutWrite(JSON.stringify({\n"
        '        status: "error", error: e.message, trace: e.stack\n'
        '      }) + "\\n");\n',
        "      _shiplineFail(e, ctx.request_id);\n",
    ),
    ("err => settle(err));", "err => settle(err ?? new Error(String(err))));"),
)


def install() -> None:
    """Edit the script; the next worker that starts runs the edited one."""
    from ministack.core import lambda_runtime

    script = require(lambda_runtime, "_NODEJS_WORKER_SCRIPT", patch=PATCH)
    for old, new in _EDITS:
        require_text(script, old, patch=PATCH)
        script = script.replace(old, new)
    lambda_runtime._NODEJS_WORKER_SCRIPT = script
