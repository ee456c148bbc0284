"""Execution: the one module that knows papermill."""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cspanalysis.errors import UsageError
from cspanalysis.production.kernels import Kernel, Kernels
from cspanalysis.production.planfile import Scalar
from cspanalysis.writing import remedy

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Execution", "Failure", "declared_parameters", "execute", "failure_of", "trouble_of"]

_ENGINE = "cspanalysis"
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# The kernel's history would be written to the user's home.
_KERNEL_ARGUMENTS = ["--HistoryManager.hist_file=:memory:", "--HistoryManager.enabled=False"]
_START_TIMEOUT = 60
# Run by the kernel as it starts: it seeds when the first cell begins, since what starts in between
# draws random numbers of its own, and leaves no name behind.
_SEEDING = (
    "assert (lambda events, held: (held.append(lambda *_: ("
    "__import__('random').seed({seed}), __import__('numpy').random.seed({seed}), "
    "events.unregister('pre_run_cell', held[0]))), "
    "events.register('pre_run_cell', held[0])))(get_ipython().events, [])"
)
_MOST_PRINTED = 1_000_000
_CUT = f"\n(The notebook printed more than {_MOST_PRINTED:,} characters: the rest is left out.)\n"
_MOST_SHOWN, _EACH = 100_000_000, 1_000
"""Characters of what cells show, and what each takes beside its own."""
_MOST_SAID = 10_000
"""Characters of an exception's message, and of a line of its traceback."""
_SHOWN = {"display_data", "execute_result", "update_display_data"}
# What exceptions mean that often come without a word.
_UNSAID = {"MemoryError": "the cell asked for more memory than there is"}
# What a failure is called when the kernel itself was at fault.
_KERNEL_FAULTS = frozenset({"DeadKernelError", "KernelStartError"})

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Failure:
    """Hold why a job failed.

    Parameters
    ----------
    name, message
        Class name of the exception, and what it says.
    cell, source
        Number of the cell in the half-run notebook, from 1, and its source; missing where the
        failure was in no cell.
    traceback
        Traceback as plain text.
    """

    name: str
    message: str
    cell: int | None = None
    source: str | None = None
    traceback: str = ""

    def __str__(self) -> str:
        where = f" (cell {self.cell})" if self.cell else ""
        return f"{self.name}: {self.message.strip()}{where}" if self.message else self.name + where


@dataclass(frozen=True, slots=True)
class Execution:
    """Hold a notebook as far as it was run, and why it got no further, if it didn't.

    ``may_retry`` tells that the kernel died or did not start: another one may fare better.
    """

    notebook: NotebookNode | None
    failure: Failure | None = None
    may_retry: bool = False


@dataclass(slots=True)
class _Session:
    """Hold what papermill's engine needs of us, and what it leaves when it raises."""

    name: str
    kernels: Kernels
    deadline: float
    settings: Mapping[str, str]
    arguments: list[str]
    notebook: NotebookNode | None = None
    cell: int | None = None
    printed: int = 0
    shown: int = 0
    last_words: str = ""
    ending: str = ""

    def seconds_left(self, *_: object) -> float:
        return max(self.deadline - time.monotonic(), 0.001)

    def starting(self, *, cell_index: int, **_: object) -> None:
        self.cell = cell_index

    def kept(self, text: str) -> str:
        """Give as much of what was printed as is kept: a loop that prints must fill no memory."""
        left = _MOST_PRINTED - self.printed
        self.printed += len(text)
        if len(text) <= left:
            return text
        return f"{text[:left]}{_CUT}" if left >= 0 else ""

    def holds(self, data: Mapping[str, object]) -> bool:
        """Tell whether what a cell shows is kept: a loop that shows must fill no memory."""
        self.shown += _EACH + sum(len(str(value)) for value in data.values())
        return self.shown <= _MOST_SHOWN

    def refuse_too_much(self) -> None:
        """Refuse a notebook of which not all is kept that it shows."""
        if self.shown > _MOST_SHOWN:
            raise TooMuchShown(
                f"the notebook shows more than {_MOST_SHOWN:,} characters, pictures included; "
                "does a loop show something without end?"
            )


def declared_parameters(notebook: Path) -> frozenset[str]:
    """Give the names that a notebook's cell tagged ``parameters`` assigns.

    Raises
    ------
    UsageError
        If the file is not a notebook, or names no kernel.
    """
    import papermill

    try:
        kernel = json.loads(notebook.read_bytes())["metadata"].get("kernelspec")
        names = frozenset(papermill.inspect_notebook(_escaped(notebook))) if kernel else frozenset()
    except Exception as error:
        raise UsageError(f"{notebook} can't be read as a notebook: {error}") from None
    if not kernel:
        advice = "open it in JupyterLab, choose Python 3, and save it"
        raise UsageError(f"{notebook} names no kernel: {advice}")
    return names


def execute(
    notebook: Path,
    *,
    parameters: Mapping[str, Scalar],
    kernels: Kernels,
    timeout: float,
    seed: int = 0,
    settings: Mapping[str, str] | None = None,
) -> Execution:
    """Run a notebook in a kernel of its own; whatever it raises becomes the result's failure.

    Parameters
    ----------
    notebook
        The notebook; it is not changed.
    parameters
        Values for its parameters.
    kernels
        The run's kernels, one of which this is.
    timeout
        Seconds for the whole notebook, its kernel's start included.
    seed
        Seed of the random numbers of Python and of NumPy's global generator; the kernel finds it
        in ``CSPANALYSIS_SEED`` as well, for generators of its own.
    settings
        Further environment variables of the kernel.

    Notes
    -----
    papermill marks cells as completed and records no exception when the kernel died or a cell
    ran out of time. Only the exception it raises tells the truth.
    """
    import papermill

    _register_engine()
    session = _Session(
        notebook.name,
        kernels,
        time.monotonic() + timeout,
        {"CSPANALYSIS_SEED": str(seed), **(settings or {})},
        [*_KERNEL_ARGUMENTS, f"--IPKernelApp.exec_lines={_SEEDING.format(seed=seed)}"],
    )
    failure = None
    try:
        papermill.execute_notebook(
            _escaped(notebook),
            None,  # written by whoever asked, when it is known what it tells
            dict(parameters),
            engine_name=_ENGINE,
            session=session,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            progress_bar=False,
        )
    except Exception as error:
        failure = _why(error, session, timeout)
    notebook_run = _tidy(session.notebook)
    return Execution(notebook_run, failure, may_retry=_may_retry(failure))


def failure_of(error: BaseException) -> Failure:
    """Describe an exception that was raised outside the notebook's cells."""
    lines = traceback.format_exception(error)
    return Failure(type(error).__name__, str(error), traceback=_plain("".join(lines)))


def trouble_of(error: Exception, what: str) -> Failure:
    """Describe an exception that kept a run from something, and what to do about it."""
    failure = failure_of(error)
    to_do = remedy(error) if isinstance(error, OSError) else ""
    message = "; ".join(filter(None, (f"{what}: {failure.message}", to_do)))
    return replace(failure, message=message)


def _client_class() -> type[Any]:
    """Make the client that bounds what is printed and refuses an early exit."""
    from jupyter_core.utils import run_sync
    from papermill.clientwrap import PapermillNotebookClient

    class _Client(PapermillNotebookClient):  # type: ignore[misc]
        kernel: Kernel
        session: _Session

        def process_message(self, msg: dict[str, Any], *place: Any) -> Any:
            if msg["msg_type"] == "stream":
                msg["content"]["text"] = self.session.kept(msg["content"]["text"])
                if not msg["content"]["text"]:
                    return None
            if msg["msg_type"] == "error":
                said = msg["content"]
                said["evalue"] = said["evalue"][:_MOST_SAID]
                said["traceback"] = [line[:_MOST_SAID] for line in said["traceback"]]
            if msg["msg_type"] in _SHOWN and not self.session.holds(msg["content"]["data"]):
                return None
            return super().process_message(msg, *place)

        # papermill stops quietly at sys.exit(0); a report that ends half-way is not a report.
        def papermill_execute_cells(self) -> None:
            super().papermill_execute_cells()
            _refuse_early_exit(self.nb)
            self.session.refuse_too_much()

        def start_new_kernel(self, **options: Any) -> None:
            super().start_new_kernel(**options)
            run_sync(self.kernel.listening)(_START_TIMEOUT)

    return _Client


@cache
def _register_engine() -> None:
    """Teach papermill an engine that keeps the half-run notebook and shares its kernel."""
    from papermill.engines import NBClientEngine, papermill_engines

    client_class = _client_class()

    class _Engine(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(
            cls, nb_man: Any, kernel_name: str, *, session: _Session, **_: object
        ) -> None:
            session.notebook = nb_man.nb
            # Not where they lie on this machine.
            nb_man.nb.metadata.papermill.update(input_path=session.name, output_path=session.name)
            with session.kernels.kernel(kernel_name) as kernel:
                client = client_class(
                    nb_man,
                    km=kernel.manager,
                    log=_log,
                    startup_timeout=_START_TIMEOUT,
                    timeout=_START_TIMEOUT,
                    timeout_func=session.seconds_left,
                    on_cell_execute=session.starting,
                    extra_arguments=session.arguments,
                )
                client.kernel, client.session = kernel, session
                try:
                    client.execute(**kernel.start_options(session.settings))
                finally:
                    session.last_words = kernel.last_words()
                    session.ending = kernel.how_it_ended()
                    if client.kc is not None:
                        client.kc.stop_channels()

    papermill_engines.register(_ENGINE, _Engine)


class EarlyExit(Exception):  # noqa: N818 - told to people as it stands
    """Report that a cell ended the notebook before its last cell."""


class TooMuchShown(Exception):  # noqa: N818 - told to people as it stands
    """Report that a notebook shows more than is kept."""


def _refuse_early_exit(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error" and output.ename == "SystemExit":
                raise EarlyExit("sys.exit() leaves the rest of the notebook undone; take it out")


def _why(error: Exception, session: _Session, timeout: float) -> Failure:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    if isinstance(error, PapermillExecutionError):
        text = _plain("\n".join(error.traceback))
        message = error.evalue or _UNSAID.get(error.ename, "")
        told = Failure(error.ename, message, error.cell_index + 1, error.source, text)
        return told if text or session.notebook is None else _as_written(told, session.notebook)
    failure = failure_of(error)
    if session.last_words:
        wrote = f"{failure.traceback}\nThe kernel wrote:\n{_plain(session.last_words)}"
        failure = replace(failure, traceback=wrote)
    if isinstance(error, CellTimeoutError):
        message = f"the job took longer than {timeout:g} seconds; give it more with --timeout"
        failure = replace(failure, message=message)
    if isinstance(error, DeadKernelError) and session.ending:
        failure = replace(failure, message=session.ending)
    if session.notebook is None or session.cell is None:
        return failure
    source = session.notebook.cells[session.cell].source
    return replace(failure, cell=session.cell + 1, source=source)


def _as_written(failure: Failure, notebook: NotebookNode) -> Failure:
    """Take a failure from what its cell wrote, where no memory was left to report it."""
    # papermill has put a banner above the cell by now: its number is not its place.
    cells = [cell for cell in notebook.cells if cell.source == failure.source]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    streams = [output.text for output in outputs if output.get("name") == "stderr"]
    text = _plain("".join(streams))
    name, _, message = text.strip().rpartition("\n")[2].partition(": ")
    if not name.isidentifier():
        return failure
    message = message or _UNSAID.get(name, "")
    return replace(failure, name=name, message=message, traceback=text)


def _may_retry(failure: Failure | None) -> bool:
    return failure is not None and failure.name in _KERNEL_FAULTS


def _tidy(notebook: NotebookNode | None) -> NotebookNode | None:
    """Take papermill's error banners out."""
    from papermill.execute import remove_error_markers

    return notebook if notebook is None else remove_error_markers(notebook)


def _plain(text: str) -> str:
    return _COLOUR.sub("", text)


def _escaped(notebook: Path) -> str:
    """Write a path so that papermill does not take braces in it for parameters."""
    return str(notebook.resolve()).replace("{", "{{").replace("}", "}}")
