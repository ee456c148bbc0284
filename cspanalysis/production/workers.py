"""Workers beyond this process: those of a Dask scheduler, where one is named, or started here."""

from __future__ import annotations

import ipaddress
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import resource_tracker
from typing import Any
from urllib.parse import urlsplit

from cspanalysis.errors import UsageError

__all__ = ["HERE", "width_here", "workers"]

HERE = "here"
"""Asks for workers that are processes of this machine, which end with the run."""

_CONNECTING = "10s"


def width_here() -> int:
    """Give how many jobs run at once on this machine: one more than there are processors for us."""
    held = getattr(os, "sched_getaffinity", None)  # not everywhere, and fewer than there are
    return 1 + (len(held(0)) if held else os.cpu_count() or 1)


@contextmanager
def workers(
    scheduler: str | None, jobs: int | None = None
) -> Iterator[tuple[Executor | None, int | None]]:
    """Give an executor for jobs, and how many of them run at once.

    Parameters
    ----------
    scheduler
        Address of a Dask scheduler, or `HERE` for one of our own, whose workers are processes of
        this machine; none for threads of this process. Workers must see the outputs folder, the
        notebooks and the data under the same paths.
    jobs
        How many jobs are to run at once; as many as the workers have threads if not given, and of
        our own workers one more than there are processors.

    Yields
    ------
    Executor or None, int or None
        None and `jobs` for threads of this process.

    Raises
    ------
    UsageError
        If the scheduler is on another machine and not reached by TLS, can't be reached, has no
        workers, or Dask is not installed.
    """
    if scheduler is None:
        yield None, jobs
        return
    if scheduler != HERE:
        check_address(scheduler)
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        reason = "--scheduler needs Dask; install it with: pip install 'cspanalysis[dask]'"
        raise UsageError(reason) from None
    with _reached(dask, scheduler, jobs or width_here()) as client:
        width = sum(client.nthreads().values())
        if not width:
            raise UsageError(f"scheduler {scheduler} has no workers; start some: dask worker ...")
        # Jobs write files: no two are the same call, and a lost one is worth one more try.
        yield client.get_executor(pure=False, retries=1), jobs or width


@contextmanager
def _reached(dask: Any, scheduler: str, number: int) -> Iterator[Any]:
    if scheduler == HERE:
        # A job's memory is its kernel's, which Dask does not see.
        how = {"threads_per_worker": 1, "memory_limit": 0, "dashboard_address": None}
        with _uninterrupted():
            cluster = dask.LocalCluster(
                n_workers=number, processes=True, silence_logs="CRITICAL", **how
            )
        with cluster, dask.Client(cluster, set_as_default=False) as client:
            yield client
        return
    try:
        client = dask.Client(scheduler, timeout=_CONNECTING, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"scheduler {scheduler} can't be reached: {error}") from None
    with client:
        yield client


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes and threads that Ctrl-C does not reach: a terminal sends it to all at once.

    The run then stops them in its own order. What comes meanwhile is heeded afterwards.
    """
    mask = getattr(signal, "pthread_sigmask", None)  # not on Windows
    if mask is None:
        yield
        return
    resource_tracker.ensure_running()  # which unblocks the signal when it starts
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def check_address(address: str) -> None:
    """Refuse a scheduler whose traffic others could read or change: pickled calls are code.

    Examples
    --------
    >>> check_address("tcp://127.0.0.1:8786")
    >>> check_address("tls://dask.example.org:8786")
    >>> check_address("tcp://dask.example.org:8786")
    Traceback (most recent call last):
    cspanalysis.errors.UsageError: scheduler tcp://dask.example.org:8786 is on another machine ...
    """
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if not parts.hostname:
        raise UsageError(f"scheduler '{address}' is no address; write tls://host:port")
    if parts.scheme not in {"tls", "wss"} and not _is_loopback(parts.hostname):
        raise UsageError(
            f"scheduler {address} is on another machine and not protected; set up TLS in Dask "
            f"and write tls://{parts.hostname}:{parts.port or 8786}"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
