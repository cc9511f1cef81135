"""The worker cap: few processes, a queue, no deadlock, and no worker with old code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from cloud import Cloud, api_host, eventually, zipped
from test_front_doors import distribution

CAP = 4
TRIVIAL = "export const handler = async () => process.pid;"
# Calls the function that is named in the event, by the SDK's protocol over node:http, as bundled clients do.
NEST = """import { request } from 'node:http';
const call = (path, host, payload) => new Promise((resolve, reject) => {
  const gateway = new URL(process.env.AWS_ENDPOINT_URL);
  const auth = `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/20260101/us-east-1/lambda/aws4_request, `
    + 'SignedHeaders=host, Signature=x';
  const req = request({ host: gateway.hostname, port: gateway.port, path, method: 'POST',
    headers: host ? { host, 'content-type': 'application/json' } : { authorization: auth } }, (res) => {
    let text = ''; res.on('data', (d) => { text += d; }); res.on('end', () => resolve(text)); });
  req.on('error', reject); req.end(JSON.stringify(payload)); });
export const handler = async (event) => {
  const { depth, via } = event.body ? JSON.parse(event.body) : event;
  const marked = String(event.headers?.['x-shipline-worker']);
  if (!depth) return { statusCode: 200, body: 'bottom', headers: { marked } };
  const payload = { depth: depth - 1, via };
  if (via.fetch) {
    const url = `${process.env.AWS_ENDPOINT_URL}/_aws/execute-api/${via.fetch}/$default/x`;
    return await (await fetch(url, { method: 'POST', body: JSON.stringify(payload),
      headers: { 'content-type': 'application/json' } })).text();
  }
  return via.host ? call('/x', via.host, payload)
    : JSON.parse(await call(`/2015-03-31/functions/${via.function}/invocations`, null, payload));
};"""


def workers(cloud: Cloud) -> list[int]:
    """Process ids of the cloud's Lambda workers."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    parent = str(cloud.process.pid) if cloud.process else ""
    return [int(pid) for pid, ppid, args in rows if ppid == parent and "_worker.js" in args]


@contextmanager
def counting_workers(cloud: Cloud) -> Iterator[list[int]]:
    counts: list[int] = []
    done = threading.Event()

    def count() -> None:
        while not done.wait(0.05):
            counts.append(len(workers(cloud)))

    thread = threading.Thread(target=count)
    thread.start()
    yield counts
    done.set()
    thread.join()


def at_once(call: Callable[[int], object], times: int) -> list[object]:
    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(call, range(times)))


def test_serves_100_calls_at_once_with_no_more_processes_than_the_cap(cloud: Cloud, name: str) -> None:
    cloud.function(name, TRIVIAL)
    client = cloud.client("lambda")
    with counting_workers(cloud) as counts:
        pids = at_once(lambda _: json.loads(client.invoke(FunctionName=name)["Payload"].read()), 100)
    assert len(pids) == 100 and len(set(pids)) <= CAP
    assert 1 <= max(counts) <= CAP


def test_makes_room_for_another_function_by_ending_idle_workers(cloud: Cloud, name: str) -> None:
    for number in range(CAP + 2):
        cloud.function(f"{name}-{number}", TRIVIAL)
        cloud.invoke(f"{name}-{number}")
    assert len(workers(cloud)) <= CAP


def test_nests_calls_deeper_than_the_cap_would_allow(cloud: Cloud, name: str) -> None:
    cloud.function(name, NEST)
    with counting_workers(cloud) as counts:
        answers = at_once(lambda _: cloud.invoke(name, {"depth": 2, "via": {"function": name}}), 3 * CAP)
    assert [answer["body"] for answer in answers] == ["bottom"] * 3 * CAP
    assert max(counts) <= 3 * CAP
    assert len(workers(cloud)) <= CAP, "the places that were lent are given back"


def test_nests_calls_through_an_api_and_a_distribution(cloud: Cloud, name: str) -> None:
    api = cloud.http_api(cloud.function(name, NEST))
    domain = distribution(cloud, api_host(api), policy="allow-all")
    for via in ({"host": api_host(api)}, {"fetch": api}, {"host": domain}):
        assert at_once(lambda _, via=via: cloud.invoke(name, {"depth": 1, "via": via}), 2 * CAP) == ["bottom"] * 2 * CAP


def test_hides_the_mark_of_nested_calls_from_functions(cloud: Cloud, name: str) -> None:
    cloud.function(name, NEST)
    cloud.http_api(name)
    assert cloud.invoke(name, {"depth": 1, "via": {"function": name}})["headers"] == {"marked": "undefined"}


def test_lets_a_call_through_that_its_predecessors_poll_for(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud(SHIPLINE_STALL_SECONDS="1")
    cloud.function(name, """import { existsSync, writeFileSync } from 'node:fs';
      export const handler = async ({ flag, write }) => {
        if (write) { writeFileSync(flag, ''); return 'written'; }
        while (!existsSync(flag)) await new Promise((resolve) => setTimeout(resolve, 20));
        return 'seen';
      };""")
    flag = str(cloud.home / name)
    with ThreadPoolExecutor(CAP + 1) as threads:
        polling = [threads.submit(cloud.invoke, name, {"flag": flag}) for _ in range(CAP)]
        eventually(lambda: cloud.get("/_shipline/health").json()["workers"]["running"] == CAP)
        assert threads.submit(cloud.invoke, name, {"flag": flag, "write": True}).result(40) == "written"
        assert [call.result(40) for call in polling] == ["seen"] * CAP


def test_finishes_a_running_call_with_old_code_and_starts_the_next_with_new(cloud: Cloud, name: str) -> None:
    slow = """import { existsSync, writeFileSync } from 'node:fs';
      export const handler = async ({ flag }) => {
        writeFileSync(flag + '.on', '');
        while (!existsSync(flag)) await new Promise((resolve) => setTimeout(resolve, 20));
        return 'old';
      };"""
    cloud.function(name, slow)
    flag = cloud.home / name
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(cloud.invoke, name, {"flag": str(flag)})
        eventually(lambda: os.path.exists(f"{flag}.on"))
        cloud.client("lambda").update_function_code(
            FunctionName=name, ZipFile=zipped("export const handler = async () => 'new';"))
        assert cloud.invoke(name) == "new"
        flag.touch()
        assert running.result(40) == "old"
    assert cloud.invoke(name) == "new"


def test_ends_the_workers_of_a_version_that_its_alias_has_left(cloud: Cloud, name: str) -> None:
    cloud.published(name, TRIVIAL)
    old = cloud.invoke(name, Qualifier="live")
    lambdas = cloud.client("lambda")
    lambdas.update_function_code(FunctionName=name, ZipFile=zipped("export const handler = async () => 'new';"))
    version = lambdas.publish_version(FunctionName=name)["Version"]
    assert old in workers(cloud)
    lambdas.update_alias(FunctionName=name, Name="live", FunctionVersion=version)
    assert old not in workers(cloud)
    assert cloud.invoke(name, Qualifier="live") == "new"


def test_ends_idle_workers_and_leaves_none_behind(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud(LAMBDA_WARM_TTL_SECONDS="1")
    cloud.function(name, TRIVIAL)
    idle = cloud.invoke(name)
    eventually(lambda: idle not in workers(cloud))
    for how in (signal.SIGTERM, signal.SIGKILL):
        last = cloud.invoke(name)
        cloud.stop(how)
        eventually(lambda last=last: not is_alive(last))
        cloud.start()
        if how is signal.SIGTERM:
            assert cloud.invoke(name)


def is_alive(pid: int) -> bool:
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(listed.strip()) and not listed.startswith("Z")
