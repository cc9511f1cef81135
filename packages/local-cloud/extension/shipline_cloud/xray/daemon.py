"""The X-Ray daemon: segments over UDP, as the SDKs send them.

MiniStack has none, so a tracer in a function sends into the void. The daemon takes one datagram per segment, a header
line `{"format": "json", "version": 1}` and the document; what it cannot read it drops ("Sending trace data to X-Ray:
Sending segment documents to the X-Ray daemon", AWS X-Ray Developer Guide). It listens on the number of the gateway's
own TCP port, where the SDKs also look for sampling rules (api.py). A datagram has no credentials: what hangs below a
function's segment belongs to the account of that function.
"""

from __future__ import annotations

import json
import logging
import socket
import threading

from .documents import InvalidSegment, parse_document
from .store import Place, TraceStore

_MAX_DATAGRAM = 65_535
_RECEIVE_BUFFER = 4_000_000
logger = logging.getLogger("ministack")


class DaemonPortInUse(RuntimeError):
    """The message is one sentence for the terminal."""


def start(port: int, store: TraceStore, stranger: Place) -> None:
    """Listen on 127.0.0.1 as long as the process lives. Documents that nobody owns go to `stranger`."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise DaemonPortInUse(
            f"UDP port {port} on 127.0.0.1 is in use; the local cloud's X-Ray daemon needs it ({error.strerror})."
        ) from None
    threading.Thread(target=_receive, args=(listener, store, stranger), daemon=True, name="shipline-xray").start()


def _receive(listener: socket.socket, store: TraceStore, stranger: Place) -> None:
    while True:
        take(listener.recv(_MAX_DATAGRAM), store, stranger)


def take(datagram: bytes, store: TraceStore, stranger: Place) -> None:
    """Store what one datagram carries."""
    header, _, body = datagram.partition(b"\n")
    try:
        if json.loads(header).get("format") != "json":
            raise InvalidSegment("ParseError")
        document = parse_document(body)
    except (ValueError, AttributeError) as error:
        logger.warning("X-Ray daemon: dropped a datagram of %d bytes: %s", len(datagram), error)
        return
    store.put(store.owner_of(document) or stranger, document)
