"""Files changed at random, and finds of longer trials: no file ends in a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import CORPUS, attempt, changed, seeds

STEPS = st.lists(
    st.tuples(st.integers(0, 63), st.integers(0, 1 << 20), st.integers(0, 1 << 20)),
    min_size=1,
    max_size=4,
)
KINDS = sorted(seeds())


@pytest.mark.parametrize("name", KINDS)
def test_every_seed_is_taken_as_it_stands(name: str) -> None:
    assert attempt(name, seeds()[name]) == ""


@given(st.sampled_from(KINDS), STEPS)
@settings(max_examples=40, derandomize=True)
def test_what_is_changed_is_taken_or_told_in_one_line(name: str, steps) -> None:
    assert "\n" not in attempt(name, changed(seeds()[name], steps)).strip()


@given(st.sampled_from(["partnership.yml", "plan.yml", "commentary.md", "placeholder.txt"]), STEPS)
@settings(max_examples=60, derandomize=True)
def test_what_people_write_is_taken_or_told(name: str, steps) -> None:
    attempt(name, changed(seeds()[name], steps))


@given(st.text(max_size=60))
@settings(max_examples=50, derandomize=True)
def test_any_text_is_a_placeholder_or_told(text: str) -> None:
    attempt("placeholder.txt", text.encode(errors="ignore"))


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_finds_of_earlier_trials_are_told(path) -> None:
    # A find is called after its seed: stem, hash, ending.
    name = ".".join([path.name.split(".")[0], path.suffix.lstrip(".")])
    attempt(name, path.read_bytes())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 5000, "line 1: nested deeper"),
        ("a: &a [*a]\n", "line 1: nested deeper"),
        ("a0: &a0 [x]\n" + "".join(
            f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(9)
         ), "100,000 values"),
        ("? [a]\n: b\n", "line 1: a key is not text"),
        ("a: !!timestamp x\n", "partnership.yml"),
        ("a: !!bool x\n", "partnership.yml"),
    ],
)  # fmt: skip
def test_yaml_that_grows_is_refused_with_its_line(text: str, told: str) -> None:
    assert told in attempt("partnership.yml", text.encode())
