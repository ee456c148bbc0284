"""Kernels: one for each job, and all of them stopped when the run is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import cspanalysis
from cspanalysis.blocks.lab import PLAIN
from cspanalysis.production.template import THREAD_SETTINGS

__all__ = ["READS", "Kernel", "Kernels", "Stopped", "environment"]

READS = "CSPANALYSIS_READS"
"""Environment variable that names the file to which the library tells what it reads."""

_USUAL = "python3"
# Longest path of a Unix socket, with room for what jupyter_client appends to the name.
_SOCKET_PATH = 90
# Lines of a dead kernel's own output that are worth keeping, from either end.
_LAST_WORDS = 20
# Seconds for an idle kernel to end: half of it until it is told to, half until it is killed.
_ENDING = 2.0
# Seconds between two looks at whether a kernel has ended, or whether it has made its sockets, and
# milliseconds until its manager, which connects at once, tries again.
_LOOK, _RECONNECT = 0.005, 5
# Seconds between two looks at whether a run that began elsewhere still waits for its jobs.
_STILL_WANTED = 1.0
# Exit status of a process that was killed outright.
_KILLED = -9


class Stopped(Exception):  # noqa: N818 - not an error of the job: the run was told to stop
    """Report that the run was stopped before the job was done."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """Hold a kernel's manager, and the file that takes what the kernel itself writes."""

    manager: Any
    log: IO[bytes]

    def start_options(self, settings: Mapping[str, str]) -> dict[str, Any]:
        """Give what the kernel is to be started with, some settings of its own among it."""
        return {"env": {**environment(), **settings}, "stdout": self.log, "stderr": self.log}

    async def listening(self, timeout: float) -> None:
        """Wait until the kernel has made its sockets; a client that comes earlier loses time.

        One that is dead, or has not made them within so many seconds, is left to its client, which
        will say so.
        """
        manager, until = self.manager, time.monotonic() + timeout
        sockets = [Path(f"{manager.ip}-{port}") for port in manager.ports]
        missing = manager.transport == "ipc"
        while missing and time.monotonic() < until and await manager.is_alive():
            await asyncio.sleep(_LOOK)
            missing = not all(map(Path.exists, sockets))

    def how_it_ended(self) -> str:
        """Say how the kernel's process ended; empty while it runs."""
        process = self.manager.provisioner and self.manager.provisioner.process
        code = process.poll() if process else None
        if code is None:
            return ""
        if code == _KILLED:
            return (
                "the kernel was killed (SIGKILL), as a system does that runs out of memory; "
                "give it more, or run fewer jobs at once with --jobs"
            )
        if code < 0:
            return f"the kernel was ended by signal {-code} ({signal.strsignal(-code)})"
        return f"the kernel ended by itself (exit code {code}) before the notebook did"

    def last_words(self) -> str:
        """Give the beginning and the end of what the kernel wrote, such as why it died."""
        self.log.flush()
        text = Path(self.log.name).read_text(encoding="utf-8", errors="replace")
        lines = text.splitlines()
        if len(lines) > 2 * _LAST_WORDS:
            lines = [*lines[:_LAST_WORDS], "...", *lines[-_LAST_WORDS:]]
        return "\n".join(lines)


class Kernels:
    """Hold the kernels of a run's jobs, so that one call stops them all.

    Parameters
    ----------
    warm
        Fork kernels from a process that has imported already, where that can be done.

    Examples
    --------
    >>> kernels = Kernels()
    >>> kernels.stop()
    >>> with kernels.landing():
    ...     print("files would be moved here")
    Traceback (most recent call last):
    cspanalysis.production.kernels.Stopped
    """

    def __init__(self, *, warm: bool = False) -> None:
        self._warm = warm
        self._managers: set[Any] = set()
        self._guard = threading.RLock()
        self._stopped = threading.Event()

    def prepare(self) -> None:
        """Let what warm kernels are forked from begin its imports; it is not waited for."""
        if self._warm:
            from jupyter_client.kernelspec import NoSuchKernel

            from cspanalysis.production.warm import begin_template

            with contextlib.suppress(NoSuchKernel):  # the job will say so
                begin_template(_manager(_USUAL, warm=True).format_kernel_cmd(), environment())

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    @contextlib.contextmanager
    def kernel(self, name: str) -> Iterator[Kernel]:
        """Give one kernel, not yet started, and leave nothing of it behind.

        Parameters
        ----------
        name
            Name of the kernel spec, such as ``python3``.
        """
        from jupyter_core.utils import run_sync

        with tempfile.TemporaryDirectory(prefix="csp-") as folder:
            manager = _manager(name, warm=self._warm)
            # Sockets in a folder of our own: TCP ports could be taken before the kernel binds them.
            if os.name == "posix" and len(os.fsencode(folder)) < _SOCKET_PATH:
                manager.transport = "ipc"
                manager.ip = f"{folder}/kernel"
            manager.connection_file = f"{folder}/kernel.json"
            manager.context.reconnect_ivl = _RECONNECT
            self._managers.add(manager)
            idle = False
            try:
                with Path(folder, "kernel.log").open("w+b") as log:
                    yield Kernel(manager, log)
                idle = True
            finally:
                run_sync(_end)(manager, idle=idle)
                self._managers.discard(manager)
                _close_loop()

    @contextlib.contextmanager
    def landing(self) -> Iterator[None]:
        """Let a job move its files into place, or raise `Stopped`; `stop` waits for its end."""
        with self._guard:
            if self.stopped:
                raise Stopped
            yield

    @contextlib.contextmanager
    def only_while(self, folder: Path) -> Iterator[None]:
        """Stop when a folder goes, as a run's staging folder does when nobody waits any more.

        For workers beyond the run's own process, which nobody tells that it was stopped.
        """
        over = threading.Event()

        def look() -> None:
            while not over.wait(_STILL_WANTED):
                with contextlib.suppress(OSError):  # of a network: it may come back
                    if not folder.is_dir():
                        self.stop()

        looking = threading.Thread(target=look, name="still-wanted", daemon=True)
        looking.start()
        try:
            yield
        finally:
            over.set()
            looking.join()

    def stop(self) -> None:
        """Kill every kernel at once, and let no further job land.

        A kernel that is just being started may escape: call again until the jobs have ended.
        """
        with self._guard:
            self._stopped.set()
        for manager in tuple(self._managers):
            if manager.has_kernel:
                # A thread of its own, since the caller's may have an event loop that is running.
                killing = threading.Thread(target=_kill, args=(manager,))
                killing.start()
                killing.join()


def environment() -> dict[str, str]:
    """Give the environment of a kernel: ours, with what reports need.

    One thread for linear algebra, since jobs run side by side; no inline backend, since figures
    are drawn to SVG by our own code; no style of JupyterLab, since pages have their own; the same
    order of sets in every run; and the very package that the run uses, wherever the run was started
    from.
    """
    settings = dict.fromkeys(THREAD_SETTINGS, "1")
    settings |= {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0", PLAIN: "1"}
    package = str(Path(cspanalysis.__file__).resolve().parent.parent)
    if package not in sysconfig.get_paths().values():  # a checkout, not an installed package
        others = os.environ.get("PYTHONPATH")
        settings["PYTHONPATH"] = os.pathsep.join([package, *([others] if others else [])])
    return {**os.environ, **settings}


def _manager(name: str, *, warm: bool) -> Any:
    from jupyter_client.manager import AsyncKernelManager

    client = f"{cspanalysis.__name__}.production.clients.ReadyClient"
    manager = AsyncKernelManager(kernel_name=name, client_class=client)
    if warm:
        provisioner = {"kernel_provisioner": {"provisioner_name": _known_provisioner()}}
        spec: Any = manager.kernel_spec
        spec.metadata = {**spec.metadata, **provisioner}
    return manager


def _known_provisioner() -> str:
    """Name the provisioner of warm kernels, making it known where the package isn't installed."""
    from importlib.metadata import EntryPoint

    from jupyter_client.provisioning.factory import KernelProvisionerFactory

    from cspanalysis.production import warm

    known = KernelProvisionerFactory.instance().provisioners
    target = f"{warm.__name__}:{warm.WarmProvisioner.__name__}"
    group = KernelProvisionerFactory.GROUP_NAME
    known.setdefault(warm.NAME, EntryPoint(warm.NAME, target, group))
    return warm.NAME


async def _end(manager: Any, *, idle: bool) -> None:
    """End a kernel: ask one that is idle, kill any other.

    ``shutdown_kernel`` would interrupt an idle kernel as well, and ipykernel (7.4) then often
    hangs at its end: one thread closes sockets that another still writes to. Asked alone it does
    so less often, and after the notebook's own exit functions have run, so a short wait is enough.
    """
    if not manager.has_kernel:
        pass
    elif idle:
        await manager.request_shutdown()
        await manager.finish_shutdown(waittime=_ENDING, pollinterval=_LOOK)
    else:
        await manager.shutdown_kernel(now=True)
    await manager.cleanup_resources()


def _kill(manager: Any) -> None:
    with contextlib.suppress(OSError, AttributeError):  # it ended in between
        asyncio.run(manager.provisioner.kill())


def _close_loop() -> None:
    """End the event loop that jupyter_client opened in this thread, and what is left in it."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    loop.close()
