"""The end of a command: what is still to be written, and how the process is left."""

from __future__ import annotations

import os
import sys
import threading
from typing import NoReturn

__all__ = ["empty_streams", "leave"]


def leave(code: int) -> NoReturn:
    """Exit, without waiting for a thread that is still making pages which will not land."""
    others = set(threading.enumerate()) - {threading.main_thread()}
    if any(not thread.daemon for thread in others):
        empty_streams()
        os._exit(code)
    sys.exit(code)


def empty_streams() -> None:
    """Write what is still to be written, or drop it where nothing takes it any more.

    On a full disk, or a terminal that was closed, Python would try again at its end, and turn the
    exit code into 120.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with open(os.devnull, "wb") as nothing:  # noqa: PTH123 - a device, not a path of ours
                os.dup2(nothing.fileno(), stream.fileno())
