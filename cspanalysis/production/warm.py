"""Warm kernels: forked from a process that has imported already, each with a fresh state.

`WarmProvisioner` is a kernel provisioner for `jupyter_client`, known by its entry point
``cspanalysis-warm``. Besides runs, JupyterLab can use it: name it in a kernel spec, as
``"metadata": {"kernel_provisioner": {"provisioner_name": "cspanalysis-warm"}}``. Wherever it
cannot work (another system than Linux, another kernel than ipykernel, a library that starts
threads when imported) it warns and starts the kernel in the usual way.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode, default

import cspanalysis
from cspanalysis.paths import reference
from cspanalysis.production.outside import OUTSIDE_KERNELS
from cspanalysis.production.template import PACKET

__all__ = ["NAME", "WarmProvisioner", "begin_template", "held_templates", "works_here"]

NAME = "cspanalysis-warm"
"""Name of the entry point."""

_LAUNCHER = "ipykernel_launcher"
_IMPORTS = (
    *("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.debugger"),
    *("IPython.core.completerlib", "IPython.core.logger", "IPython.extensions.storemagic"),
    *("tornado.platform.asyncio", "tornado.queues", "zmq.utils.garbage"),
    *("pandas", "pandas.core.reshape.reshape", "pandas.core.arrays.arrow.extension_types"),
    *("pyarrow.parquet", "pyarrow.dataset", "pyarrow.pandas_compat"),
    *("scipy.stats", "statsmodels.tsa.seasonal"),
    *("matplotlib.pyplot", "matplotlib.backends.backend_svg"),
    "font_source_sans_pro",
    *("jinja2.sandbox", "mistune.plugins.table", "mistune.plugins.footnotes", "yaml"),
)
# Seconds for a template to import, and for it to answer once it has.
_IMPORTING, _ANSWERING = 60.0, 10.0
# Templates that may be killed under our hands before a kernel is started in the usual way.
_FRESH_TEMPLATES = 3
# Differs from kernel to kernel, and matters to none of what is imported.
_OWN_TO_A_KERNEL = ("JPY_", "CSPANALYSIS_SEED", "CSPANALYSIS_READS")


class CannotForkError(Exception):
    """Report that a kernel can't be forked here, and why."""


class TemplateGoneError(CannotForkError):
    """Report that a template process has ended; another one may do."""


def works_here() -> bool:
    """Tell whether the system has what forking kernels takes."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")


class Process:
    """Hold a forked kernel as if it were a child of ours; as much of `subprocess.Popen` as needed.

    Parameters
    ----------
    template
        Its parent, which alone can tell how it ended.
    pid, descriptor
        The process, and a descriptor that stays its own when the number is used again.
    """

    stdin = stdout = stderr = None

    def __init__(self, template: Template, pid: int, descriptor: int) -> None:
        self.pid, self.returncode = pid, cast("int | None", None)
        self._template, self._descriptor = template, descriptor

    def poll(self) -> int | None:
        """Give the exit status, negative for a signal, or None while the kernel runs."""
        if self.returncode is None and self._has_ended(0):
            self.returncode = self._template.status_of(self.pid)
            os.close(self._descriptor)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the kernel."""
        if self.returncode is None and not self._has_ended(timeout):
            raise subprocess.TimeoutExpired(_LAUNCHER, timeout or 0)
        code = self.poll()
        return 0 if code is None else code

    def send_signal(self, number: int) -> None:
        """Send a signal; to a kernel that has ended, none."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def _has_ended(self, timeout: float | None) -> bool:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        return bool(poll.poll(None if timeout is None else timeout * 1000))


class Template:
    """Hold a template process and the way to give it orders.

    Parameters
    ----------
    python
        Command that starts the interpreter, with its options.
    imports
        Modules to be imported.
    env
        Environment of the process.
    """

    def __init__(
        self, python: Sequence[str], imports: Sequence[str], env: Mapping[str, str]
    ) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        script = str(Path(__file__).with_name("template.py"))
        with theirs:
            # A session of its own: a signal from the terminal is for the run, which ends it.
            self.process = subprocess.Popen(  # noqa: S603 # nosec B603 - kernel spec's
                [*python, script, str(theirs.fileno()), *imports],
                env=dict(env),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._control, self._guard, self._ready = ours, threading.Lock(), False
        self._refusal = ""

    @property
    def usable(self) -> bool:
        """Whether the process runs, or has said for good that it can't be forked."""
        return bool(self._refusal) or self.process.poll() is None

    def fork(
        self, arguments: Sequence[str], *, env: Mapping[str, str], cwd: str, files: Sequence[int]
    ) -> Process:
        """Fork a kernel.

        Raises
        ------
        CannotForkError
            If the template refuses, or is gone.
        """
        order = {"do": "fork", "argv": list(arguments), "env": dict(env), "cwd": cwd}
        with self._guard:
            if self._refusal:
                raise CannotForkError(self._refusal)
            self._await_ready()
            words, (descriptor,) = self._ask(order, files)
        return Process(self, words["pid"], descriptor)

    def status_of(self, pid: int) -> int:
        """Tell how a kernel that has ended did so; one whose template is gone was killed."""
        try:
            with self._guard:
                words, _ = self._ask({"do": "reap", "pid": pid})
        except CannotForkError:
            return -signal.SIGKILL
        return int(words["status"] or 0)

    def close(self) -> None:
        """End the process, and with it every kernel that was forked from it."""
        with self._guard:
            self._control.close()
            self.process.kill()
            self.process.wait()

    def _await_ready(self) -> None:
        if not self._ready:
            self._answer(_IMPORTING)
            self._ready = True

    def _ask(
        self, order: Mapping[str, Any], files: Sequence[int] = ()
    ) -> tuple[dict[str, Any], list[int]]:
        try:
            socket.send_fds(self._control, [json.dumps(order).encode()], files)
        except OSError as error:
            raise TemplateGoneError(f"the template process is gone ({error})") from None
        return self._answer(_ANSWERING)

    def _answer(self, timeout: float) -> tuple[dict[str, Any], list[int]]:
        try:
            self._control.settimeout(timeout)
            packet, files, _, _ = socket.recv_fds(self._control, PACKET, 1)
        except OSError as error:
            raise TemplateGoneError(f"the template process does not answer ({error})") from None
        if not packet:
            raise TemplateGoneError("the template process has ended")
        words: dict[str, Any] = json.loads(packet)
        if "refused" in words:
            self._refusal = words["refused"]
            raise CannotForkError(self._refusal)
        return words, files


class _Templates:
    """Hold the templates of this process: one for each way of starting a kernel."""

    def __init__(self) -> None:
        self._held: dict[str, Template] = {}
        self._guard, self._holders = threading.Lock(), 0
        atexit.register(self.close)

    def get(
        self, python: Sequence[str], imports: Sequence[str], env: Mapping[str, str]
    ) -> Template:
        """Give a running template, starting one where there is none."""
        shared = {k: v for k, v in env.items() if not k.startswith(_OWN_TO_A_KERNEL)}
        key = json.dumps([python, imports, shared, os.getpid(), _newest_file()], sort_keys=True)
        with self._guard:
            held = self._held.get(key)
            if held is not None and not held.usable:
                held.close()
                held = None
            if held is None:
                held = self._held[key] = Template(python, imports, shared)
            return held

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep the templates until the last holder lets go."""
        with self._guard:
            self._holders += 1
        try:
            yield
        finally:
            with self._guard:
                self._holders -= 1
            if not self._holders:
                self.close()

    def close(self) -> None:
        """End all templates."""
        with self._guard:
            held, self._held = self._held, {}
        for template in held.values():
            template.close()


_templates = _Templates()
held_templates = _templates.held


def begin_template(cmd: Sequence[str], env: Mapping[str, str]) -> None:
    """Let a template begin its imports, so that the first kernel need not wait for all of them.

    Parameters
    ----------
    cmd, env
        Command and environment of the kernels to come. Where they can't be forked, nothing is
        done: the first that is started will say so.
    """
    with contextlib.suppress(CannotForkError):
        _templates.get(_split(cmd)[0], _what_to_import(), env)


class WarmProvisioner(LocalProvisioner):
    """Start kernels by forking them from a template process that has imported what they need."""

    imports = List(
        Unicode(),
        help="What the template process does first: modules to import, functions as module:name.",
    ).tag(config=True)

    @default("imports")
    def _imports_default(self) -> list[str]:
        return _what_to_import()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start it in the usual way where that cannot be."""
        try:
            forked = self._forked(cmd, **kwargs)
        except CannotForkError as error:
            warnings.warn(f"kernels are started cold: {error}", RuntimeWarning, stacklevel=2)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast("subprocess.Popen[Any]", forked)
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    def _forked(
        self,
        cmd: list[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        stdout: Any = None,
        stderr: Any = None,
        **_: object,
    ) -> Process:
        python, arguments = _split(cmd)
        settings = os.environ if env is None else env
        with contextlib.ExitStack() as stack:
            files = [stack.enter_context(_file(s, n)) for n, s in ((1, stdout), (2, stderr))]
            return _fork(
                lambda: _templates.get(python, list(self.imports), settings),
                arguments,
                env=settings,
                cwd=str(cwd or Path.cwd()),
                files=files,
            )


def _fork(template: Callable[[], Template], arguments: Sequence[str], **how: Any) -> Process:
    """Fork from a template; if it was just killed, from a fresh one."""
    for _ in range(_FRESH_TEMPLATES):
        held = template()
        try:
            return held.fork(arguments, **how)
        except TemplateGoneError:
            held.close()
    return template().fork(arguments, **how)


def _split(cmd: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split a kernel's command into that of its interpreter and the kernel's arguments."""
    if not works_here():
        raise CannotForkError(f"{sys.platform} can't fork kernels safely")
    if _LAUNCHER not in cmd or cmd[cmd.index(_LAUNCHER) - 1] != "-m":
        raise CannotForkError(f"the kernel is not started by '-m {_LAUNCHER}'")
    at = cmd.index(_LAUNCHER)
    return list(cmd[: at - 1]), list(cmd[at + 1 :])


@contextlib.contextmanager
def _file(given: Any, usual: int) -> Iterator[int]:
    """Give the descriptor of a file as `subprocess.Popen` takes it; that of nothing for pipes."""
    if given is None:
        yield usual
    elif isinstance(given, int) and given < 0:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        yield descriptor
        os.close(descriptor)
    else:
        yield given if isinstance(given, int) else given.fileno()


def _what_to_import() -> list[str]:
    return [*_IMPORTS, *_own_modules(), f"{cspanalysis.__name__}.reports.prepared:prepare"]


def _own_modules() -> list[str]:
    """Name the modules of this package that kernels use: they import what is heavy when called."""
    root = Path(cspanalysis.__file__).parent
    paths = (path.relative_to(root).with_suffix("") for path in sorted(root.rglob("*.py")))
    kept = (path for path in paths if path.parts[0] not in OUTSIDE_KERNELS)
    names = (".".join((root.name, *path.parts)).removesuffix(".__init__") for path in kept)
    return list(names)


def _newest_file() -> float:
    """Tell when our code and tables were last edited, so that no kernel has an old version."""
    folders = (Path(cspanalysis.__file__).parent, reference(""))
    files = (path for folder in folders for path in folder.rglob("*.*") if path.is_file())
    return max(path.stat().st_mtime for path in files if path.suffix != ".pyc")
