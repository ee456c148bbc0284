"""The command ``cspanalysis``: one function a verb, and no work of its own."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from cspanalysis import __version__, paths
from cspanalysis.command.data import fetch, ingest_files, new, tell_unread
from cspanalysis.command.ending import conclude
from cspanalysis.command.forget import forget_input
from cspanalysis.command.pages import check, diff
from cspanalysis.command.selection import WrittenPath, selection
from cspanalysis.command.streams import empty_streams, leave
from cspanalysis.command.workspaces import doctor, enter, init, lab, schedule
from cspanalysis.errors import CspanalysisError, LockedError, UsageError

if TYPE_CHECKING:
    from cspanalysis.production import CurrentHash, Event, Plan
    from cspanalysis.production.jobs import Vet
    from cspanalysis.production.records import RunRecord

__all__ = ["Pages", "main"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_USAGE, _LOCKED = 2, 3


class Pages(NamedTuple):
    """What makes pages of executed notebooks; handed on as click's object.

    Parameters
    ----------
    publish
        Makes the pages of a notebook (first argument) in a folder (second), and names them.
    write_index
        Writes the index of an outputs folder.
    prepare
        Loads what both will need.
    """

    publish: Callable[[Path, Path], Iterable[Path]]
    write_index: Callable[[Path], object]
    prepare: Callable[[], object] = lambda: None


class _Signalled(KeyboardInterrupt):
    """A signal that stops a run as cleanly as an interruption from the keyboard does."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class _Stop:
    """Turn the signals that stop a run into exceptions, and remember that one came."""

    def __init__(self) -> None:
        self.signal = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self)
        closed = getattr(signal, "SIGHUP", None)  # not everywhere
        if closed and signal.getsignal(closed) != signal.SIG_IGN:  # as nohup wishes
            signal.signal(closed, self)

    def __call__(self, number: int, _: object) -> None:
        self.signal = number
        self.heed()

    def heed(self) -> None:
        """Raise what the signal means, if one came."""
        if self.signal:
            raise _Signalled(self.signal)


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Turn our own errors into one line and an exit code."""
        try:
            return super().invoke(ctx)
        except CspanalysisError as error:
            click.echo(f"cspanalysis: {error}", err=True)
            ctx.exit(_LOCKED if isinstance(error, LockedError) else _USAGE)
        except KeyboardInterrupt as interrupt:
            leave(128 + getattr(interrupt, "number", signal.SIGINT))
        finally:
            empty_streams()


def _spare_grammar() -> None:
    """Let jsonschema believe that rfc3987_syntax is not installed.

    It builds a grammar of addresses in a second, at every import of nbformat, for a check that no
    notebook asks for.
    """
    modules: dict[str, Any] = sys.modules
    modules.setdefault("rfc3987_syntax", None)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Make strategic assessments of community safety partnerships from notebooks.

    Exit codes: 0 all published; 1 some jobs failed (the others are published), or the index or the
    summary could not be written; 2 wrong usage or configuration, nothing run; 3 another run holds
    the outputs folder; 129, 130 or 143 stopped by a signal (finished reports stay).
    """
    _spare_grammar()
    if ctx.invoked_subcommand != init.name:
        enter()
    if ctx.invoked_subcommand not in {init.name, doctor.name}:  # the doctor tells of it
        paths.refuse_moved()


def _outputs_option(command: _Command) -> _Command:
    return click.option(
        "--outputs",
        type=WrittenPath(),
        metavar="DIR",
        help="Folder to publish to.  [default: outputs]",
    )(command)


def _json_option(text: str) -> Callable[[_Command], _Command]:
    return click.option("--json", "as_json", is_flag=True, help=text)


@main.command()
@selection
@_outputs_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Jobs at once.  [default: one more than processors]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="Seconds for each notebook, its kernel's start included.",
)
@click.option("--force", is_flag=True, help="Run unchanged jobs too.")
@click.option(
    "--strict",
    is_flag=True,
    help="Fail a report whose commentary says what the figures contradict; runs every job.",
)
@click.option("--explain", is_flag=True, help="Say what would be run and why; run nothing.")
@click.option(
    "--cold",
    is_flag=True,
    envvar="CSPANALYSIS_COLD",
    help="Start each kernel anew; on Linux they are forked from one that has imported already.",
)
@click.option(
    "--summary",
    "summary_file",
    type=WrittenPath(),
    metavar="FILE",
    help="Write how the run ended as plain text, to be mailed; - is standard output.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help=(
        "Run on the workers of a Dask scheduler, as tls://host:8786; outputs must be shared. Or "
        "'here': on worker processes of this machine, for more than three processors."
    ),
)
@_json_option("One JSON event a line on standard output, and no progress bar.")
@click.pass_obj
def run(
    pages: Pages | None,
    *,
    plan: Plan,
    outputs: Path | None,
    jobs: int | None,
    timeout: float,
    force: bool,
    strict: bool,
    explain: bool,
    cold: bool,
    summary_file: Path | None,
    scheduler: str | None,
    as_json: bool,
) -> None:
    """Run the plan's notebooks and publish their reports.

    A report of which nothing has changed since it was made is left alone.

    Each is made as web page, PDF, Word document and spreadsheet. A line of the plan and a
    partnership's file can ask for more with 'forms:', such as [slides, mail]; there are slides,
    briefing, mail, data and web.
    """
    from cspanalysis import production

    into = outputs or paths.outputs_folder()
    if as_json and str(summary_file) == "-":
        raise UsageError("--json and --summary - both write to standard output; name a file")
    if strict:
        os.environ["CSPANALYSIS_STRICT"] = "1"  # kernels inherit it
    if explain:
        _explain(plan, into, force=force or strict, as_json=as_json)
        return
    stop, made = _Stop(), pages or _publication()
    with production.workers(scheduler, jobs) as (executor, width):
        result = production.run(
            plan,
            outputs=into,
            publish=made.publish,
            vet=_vetting(),
            index=made.write_index,
            jobs=width,
            timeout=timeout,
            current=_data_hash(),
            force=force or strict,
            warm=not cold and sys.platform == "linux",
            on_event=_reporter(as_json=as_json),
            heed=stop.heed,
            ready=lambda: _settle(made),
            executor=executor,
        )
    conclude(result, into, summary_file)


@main.command("list")
@selection
@_outputs_option
@_json_option("One JSON object a line.")
def list_jobs(
    *,
    plan: Plan,
    outputs: Path | None,
    as_json: bool,
) -> None:
    """List the plan's jobs and how each stands."""
    from cspanalysis import production

    into = outputs or paths.outputs_folder()
    if into.is_file():
        raise UsageError(f"outputs folder '{into}' is a file; choose another with --outputs")
    plan.check_notebooks()
    for job in plan.jobs:
        state, record = production.state(job, production.root_of(job, plan.notebook(job), into))
        finished = record.finished if record else None
        why = production.why(record) if record else ""
        if as_json:
            line = {"job": job.slug, "state": state, "finished": finished, "why": why or None}
            click.echo(json.dumps(line))
        else:
            click.echo(f"{state:<10}  {job.slug}  {why or (finished or '')[:16]}".rstrip())


@main.command()
@click.option("--only", metavar="GLOB", default="*", help="Reports that match, as for run.")
@_outputs_option
@_json_option("One JSON event a line on standard output, and no progress bar.")
@click.pass_obj
def publish(pages: Pages | None, *, only: str, outputs: Path | None, as_json: bool) -> None:
    """Make pages again from the executed notebooks, without running them."""
    from cspanalysis import production

    _Stop()
    made = pages or _publication()
    result = production.publish_again(
        outputs or paths.outputs_folder(),
        publish=made.publish,
        index=made.write_index,
        only=only,
        on_event=_reporter(as_json=as_json),
    )
    conclude(result, outputs or paths.outputs_folder())


for _command in (
    ingest_files,
    forget_input,
    fetch,
    check,
    new,
    diff,
    init,
    lab,
    schedule,
    doctor,
):
    main.add_command(_command)


def _explain(plan: Plan, outputs: Path, *, force: bool, as_json: bool) -> None:
    from cspanalysis import production

    current = _data_hash()
    for job, verdict in production.explain(plan, outputs=outputs, current=current, force=force):
        if as_json:
            line = {"job": job.slug, "action": verdict.action, "reasons": verdict.reasons}
            click.echo(json.dumps(line))
        else:
            click.echo(f"{verdict.action:<10}  {job.slug}  {verdict}")


def _data_hash() -> CurrentHash:
    """Give what tells the present hash of a slice of data; the store is opened when first asked."""
    known: list[CurrentHash] = []

    def current(read: Mapping[str, Any]) -> str:
        if not known:
            from cspanalysis.store.fresh import hash_of_read

            tell_unread()
            known.append(hash_of_read())
        return known[0](read)

    return current


# What makes pages is imported when it is first called, beside the first kernels.
def _publish(executed: Path, into: Path) -> Iterable[Path]:
    from cspanalysis.publication import publish

    return publish(executed, into)


def _write_index(outputs: Path) -> Path:
    from cspanalysis.publication import write_index

    return write_index(outputs)


def _prepare() -> None:
    from cspanalysis.publication import prepare

    prepare()


def _publication() -> Pages:
    return Pages(_publish, _write_index, _prepare)


def _vetting() -> Vet:
    """Give what vets the reports of a run; it is loaded with the first of them, beside kernels."""
    made: list[Vet] = []

    def vet(figures: Path, outputs: Path, record: RunRecord) -> None:
        if not made:
            from cspanalysis.command.vetting import Vetting

            made.append(Vetting())
        made[0](figures, outputs, record)

    return vet


def _settle(made: Pages) -> None:
    """Load what publishing needs, and spare the garbage collector going through it each time."""
    made.prepare()
    gc.collect()
    gc.freeze()


def _reporter(*, as_json: bool) -> Callable[[Event], object]:
    if as_json:
        return lambda event: click.echo(json.dumps(event.as_json()))
    from cspanalysis.production.progress import Progress

    return Progress()
