from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cspanalysis.store.seals import is_sealed, seal_holds, sealed


@pytest.fixture
def raw(tmp_path: Path) -> bytes:
    pq.write_table(pa.table({"count": [3, 4]}), tmp_path / "t.parquet")
    return (tmp_path / "t.parquet").read_bytes()


def test_a_sealed_file_is_read_as_before(raw: bytes) -> None:
    made = sealed(raw)
    assert pq.read_table(pa.BufferReader(made)).to_pydict() == {"count": [3, 4]}
    assert (is_sealed(made), seal_holds(made)) == (True, True)
    assert (is_sealed(raw), seal_holds(raw)) == (False, False)


def test_no_bit_of_a_sealed_file_turns_unseen(raw: bytes) -> None:
    made = sealed(raw)
    for at in range(8 * len(made)):
        turned = bytearray(made)
        turned[at // 8] ^= 1 << at % 8
        assert not seal_holds(bytes(turned)), at


def test_a_file_cut_short_is_not_whole(raw: bytes) -> None:
    made = sealed(raw)
    assert not any(seal_holds(made[:end]) for end in range(len(made)))
