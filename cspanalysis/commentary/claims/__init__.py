"""Claims: what commentary says of the figures, held against the figures.

`check_claims` reads Markdown and gives one `Claim` for each number, direction and comparison.
It reads by rules and patterns alone, and rather leaves a claim "not traceable" than judges what
it does not understand.

To add a kind of statement, add a row to `patterns` (its kind, an example, how it is written) and,
for a new kind, its rule to `rulings`; to add a comparison, a row to `comparisons` (how it is
written, the spans that it means, examples). Each example is a test. A sentence is read in one
order: what it names (`marks`), what it states (`statements`), of what (`binding`); then each
statement by its basis first (of an average, a target, a part, other areas, other spans), then its
kind of figure and its number, and its direction last (`judging`, `rulings`). What the figures say
otherwise of is tried in each other reading that the sentence leaves open (`otherwise`) before it
is contradicted; another that it may leave open is one more row there. And it is contradicted only
where every word of its sentence has been read, or changes nothing (`unread`)::

    sentences   Markdown -> sentences with line and source
    comparisons what a sentence compares with: rows with their examples
    spelled     short forms written out: "Oct-Dec 22", "~1,200"
    marks       what a sentence names: measures, places, times (dating); what is no claim (marked:
                the signs)
    statements  what it states: sizes, counts, directions, comparisons, ranks (patterns and, of many
                months or years, over_time: how each is written)
    binding     what each statement is about (place_and_time: where and when)
    judging     one statement of one measure (figures: what kind of figure it is)
    basis       which spans it compares (averages: of what it is one): read before number and
                direction; what is not held is not traceable
    otherwise   the other readings: another year, month, span or place
    unread      words that nothing has read: with one of them left, nothing is contradicted
    rulings     the verdict for one measure (force_rules: beside the force; spells: months, quarters
                and years in turn, by the counts of history; peaks); quantities: for several
    signals     how a whole sentence is taken
    tracing     numbers of other kinds, and numbers that are another subject's (records: the values)
    shares      shares of all crime: "one in ten", "makes up 9 %"
    targets     whether a target was met, and how far the count lies from it
    tables      Markdown tables: the measure of the row, the head of the column
    check       the whole (checker: one text)
"""

from __future__ import annotations

from cspanalysis.commentary.claims.check import check_claims
from cspanalysis.commentary.claims.claim import Claim, ClaimVerdict, HeldAgainst, contradicted

__all__ = ["Claim", "ClaimVerdict", "HeldAgainst", "check_claims", "contradicted"]
