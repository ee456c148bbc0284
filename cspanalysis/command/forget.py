"""The verb that takes data out of the store: forget."""

from __future__ import annotations

import click

__all__ = ["forget_input"]


@click.command("forget")
@click.argument("name", metavar="INPUT")
@click.option(
    "--month",
    metavar="MONTH",
    help="Only what lies within a month or a period, as 2021-07 or 2021-07..2021-09.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of text.")
def forget_input(*, name: str, month: str | None, as_json: bool) -> None:
    """Take an input out of the store.

    INPUT is its name as cspanalysis check gives it, the path of its file, or the first digits of
    its hash. What it had replaced counts again where it is still held; what is left is missing.
    The receipt is printed, and the store keeps it.
    """
    from cspanalysis.store.forget import forget
    from cspanalysis.vocabulary import Period

    told = forget(name, months=Period.parse(month) if month else None)
    click.echo(told.json() if as_json else str(told))
