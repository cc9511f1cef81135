"""Runs a module until it ends, or until the process that started it is gone.

usage: python run_until_parent_ends.py <module>

The starter holds the writing end of this process's stdin. The operating system closes that end when the
starter goes, also when it is killed: no polling, and no pid that another program may have taken over.
"""

import atexit
import contextlib
import os
import runpy
import signal
import sys
import threading
import time

GRACE_SECONDS = 10
"""Without a sign of saving (a file that is written in STATE_DIR), until the module is killed."""
parent_is_gone = threading.Event()


def kill_group() -> None:
    """Kills this process and every worker that it has started."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def end_with_parent() -> None:
    """Asks the module to end, as a terminal would; kills what does not listen."""
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    parent_is_gone.set()
    last_sign = time.time()
    os.kill(os.getpid(), signal.SIGTERM)
    while (rest := last_sign + GRACE_SECONDS - time.time()) > 0:
        time.sleep(rest)  # the process ends meanwhile, and this thread with it
        last_sign = max(last_sign, last_saved_at())
    kill_group()


def last_saved_at() -> float:
    """When a service was saved last, in seconds since the epoch; 0: never."""
    last = 0.0
    for name in os.listdir(os.environ["STATE_DIR"]):
        with contextlib.suppress(FileNotFoundError):  # unfinished files come and go
            last = max(last, os.stat(os.path.join(os.environ["STATE_DIR"], name)).st_mtime)
    return last


def clear_away() -> None:
    """Nobody else ends stubborn workers of a server whose starter is gone, and nobody reads its exit code."""
    if parent_is_gone.is_set():
        kill_group()


if __name__ == "__main__":
    module = sys.argv.pop()  # MiniStack reads the arguments too
    threading.Thread(target=end_with_parent, daemon=True).start()
    atexit.register(clear_away)  # the server runs these, but does not return here
    runpy.run_module(module, run_name="__main__", alter_sys=True)
