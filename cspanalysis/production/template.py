"""The template process: it imports once, and forks a kernel whenever it is asked to.

Run as a script, never imported by the package. It has imported and read tables: no thread, no
socket but the one to its owner, no event loop, no observations. It ends when its owner does, and
so do its kernels.

Orders come as JSON, one a packet: ``fork`` (with ``argv``, ``env``, ``cwd`` and two files for
standard output and error) is answered by ``pid`` and a descriptor of the process; ``reap`` (with
``pid``) by ``status``, how the kernel ended. What cannot be done is answered by ``refused``.
"""

from __future__ import annotations

import atexit
import builtins
import contextlib
import ctypes
import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

# Longest order: an environment may be long.
PACKET = 1 << 20
THREAD_SETTINGS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Import what was asked for, then serve until the owner is gone."""
    del sys.path[0]  # the folder of this script, whose modules no kernel should find
    control = socket.socket(fileno=int(sys.argv[1]))
    try:
        prepare(sys.argv[2:])
    except Exception as error:
        refuse(control, f"{type(error).__name__}: {error}")
        return
    # What was imported stays in pages that are shared: the collector need not touch it again, not
    # even when a kernel ends, which takes IPython a whole collection.
    gc.collect()
    gc.freeze()
    answer(control, {"ready": os.getpid()})
    order = serve(control)
    if order is not None:
        become_kernel(order)


def prepare(steps: Iterable[str]) -> None:
    """Import modules as a kernel would find itself importing them, and call what is named.

    A step is a module, or a function without arguments as ``module:function``.
    """
    # Left to itself, ipykernel chooses this backend at its start, when it is too late for pyplot.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    # Neither linear algebra nor Arrow's allocator may start threads of their own.
    for name in THREAD_SETTINGS:
        os.environ.setdefault(name, "1")
    os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")
    # Going through all that is imported again and again is a sixth of the time that it takes.
    gc.disable()
    with as_if_a_kernel():
        for step in steps:
            name, _, function = step.partition(":")
            with contextlib.suppress(ImportError):  # a kernel that needs it will say so
                module = importlib.import_module(name)
                if function:
                    getattr(module, function)()
    gc.enable()


@contextlib.contextmanager
def as_if_a_kernel() -> Iterator[None]:
    """Answer libraries that choose by what they run in while they are imported, as pandas does."""
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


def serve(control: socket.socket) -> dict[str, Any] | None:
    """Answer orders; in the owner's absence return None, in a forked kernel its order."""
    while True:
        packet, files, _, _ = socket.recv_fds(control, PACKET, 2)
        if not packet:
            return None
        order = json.loads(packet)
        if order["do"] == "reap":
            answer(control, {"status": reap(order["pid"])})
        elif (reason := why_not()) is not None:
            refuse(control, reason)
        else:
            template, pid = os.getpid(), os.fork()
            if pid == 0:
                control.close()
                return {**order, "files": files, "template": template}
            descriptor = os.pidfd_open(pid)
            answer(control, {"pid": pid}, descriptor)
            os.close(descriptor)
        for file in files:
            os.close(file)


def why_not() -> str | None:
    """Tell why forking would not be safe: a lock that another thread holds is never let go."""
    tasks = len(list(Path("/proc/self/task").iterdir()))
    if tasks > 1 or threading.active_count() > 1:
        return f"importing left {tasks} threads running"
    if "matplotlib_inline.backend_inline" in sys.modules:
        return "the inline backend was imported too early"
    return None


def reap(pid: int) -> int | None:
    """Tell how a kernel ended, as `subprocess` writes it; None while it runs."""
    try:
        found, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if found else None


def become_kernel(order: Mapping[str, Any]) -> None:
    """Turn this fork into a kernel of its own: session, files, environment, random state."""
    os.setsid()
    die_with(order["template"])
    connect(order["files"])
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    sys.argv = ["ipykernel_launcher", *order["argv"]]
    run_kernel(order["argv"])


def run_kernel(arguments: list[str]) -> None:
    """Run the kernel to its end, its exit functions included."""
    from ipykernel.kernelapp import IPKernelApp

    # The class took its parent's id from the environment when it was imported.
    app: Any = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    app.start()
    # ipykernel may hang while it closes sockets that its threads still use: they end with us.
    atexit.unregister(app.close)
    atexit._run_exitfuncs()
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.flush()
    os._exit(0)


def die_with(template: int) -> None:
    """Have the system kill this process when the template ends."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != template:  # it ended just before
        os._exit(1)


def connect(files: Iterable[int]) -> None:
    """Read from nothing, write to the files of the order."""
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - before anything else
        os.dup2(nothing.fileno(), 0)
    for target, file in enumerate(files, start=1):
        os.dup2(file, target)
        os.close(file)


def answer(control: socket.socket, words: Mapping[str, Any], *files: int) -> None:
    """Answer an order."""
    with contextlib.suppress(BrokenPipeError):  # the owner is gone, as the next order will tell
        socket.send_fds(control, [json.dumps(words).encode()], files)


def refuse(control: socket.socket, reason: str) -> None:
    """Answer that an order can't be carried out."""
    answer(control, {"refused": reason})


if __name__ == "__main__":
    main()
