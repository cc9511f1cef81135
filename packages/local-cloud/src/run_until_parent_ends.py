"""Runs a module until it ends, or until the process that started it is gone.

usage: python run_until_parent_ends.py <module>

The starter holds the writing end of this process's stdin. The operating system closes that end when the
starter goes, also when it is killed: no polling, and no pid that another program may have taken over.
"""

import os
import runpy
import signal
import sys
import threading
import time

GRACE_SECONDS = 10


def leads_its_group() -> bool:
    return os.getpgrp() == os.getpid()


def end_with_parent() -> None:
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)  # the process ends meanwhile, and this thread with it
    if leads_its_group():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def end_group() -> None:
    """Ends the worker processes that the module has left."""
    if leads_its_group():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(0, signal.SIGTERM)


if __name__ == "__main__":
    module = sys.argv.pop()  # MiniStack reads the arguments too
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        end_group()
