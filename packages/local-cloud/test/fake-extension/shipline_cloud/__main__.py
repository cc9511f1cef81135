"""Stands in for the real extension: the same contract (environment, health, signals), no AWS behind it.

A file `behaviour` in HOME makes it misbehave: `crash`, `crash-on-state`, `wrong-version`, `silent`,
`deaf` (ignores SIGTERM), `slow-to-save` (one service after another), `lost-state`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

behaviour_file = Path(os.environ["HOME"], "behaviour")
behaviour = behaviour_file.read_text() if behaviour_file.exists() else ""
state = Path(os.environ["STATE_DIR"], "sqs.json")
had_state = state.exists()

if behaviour == "wrong-version":
    print("This extension was made for MiniStack 1.5.33, not 9.9.9.", file=sys.stderr)
    sys.exit(3)
if behaviour == "crash" or (behaviour == "crash-on-state" and had_state):
    print("Traceback: the planted crash", file=sys.stderr)
    sys.exit(1)
if behaviour == "lost-state" and had_state:
    print("Failed to restore persisted state for sqs; continuing fresh", file=sys.stderr)

doors = []
resets = []
node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
# A worker as MiniStack starts them: its script lies in TMPDIR.
script = Path(os.environ["TMPDIR"], "worker.js")
script.write_text("setInterval(() => {}, 1000); process.on('SIGTERM', () => {});")
worker = subprocess.Popen(["node", str(script)], stdin=subprocess.PIPE)


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self):
        self.answer(200, {
            "ministack": "1.5.33", "extension": "0.0.0", "minuteSeconds": 60, "ownMinuteSeconds": 60, "frontDoors": doors,
            "workers": {"pid": worker.pid, "node": node, "environment": sorted(os.environ), "hadState": had_state, "resets": len(resets)},
        })

    def do_PUT(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if any("target" not in door for door in body["doors"]):
            return self.answer(400, {"message": "a door needs a target"})
        doors[:] = body["doors"]
        self.answer(200, {})

    def do_POST(self):
        resets.append(self.path)
        self.answer(200, {"reset": "ok"})

    def log_message(self, *_):
        pass


def end(*_):
    for number in range(30 if behaviour == "slow-to-save" else 0):
        Path(os.environ["STATE_DIR"], f"service-{number}.json").write_text("{}")
        time.sleep(0.05)
    state.write_text(json.dumps({"saved": True}))
    sys.exit(0)


signal.signal(signal.SIGTERM, signal.SIG_IGN if behaviour == "deaf" else end)
if behaviour == "silent":
    signal.pause()
ThreadingHTTPServer(("127.0.0.1", int(os.environ["GATEWAY_PORT"])), Handler).serve_forever()
