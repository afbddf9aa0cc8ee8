"""No input makes the program crash or hang: it is read, or refused with one clear sentence.

``FUZZ_INPUTS=10000 pytest tests/fuzz`` runs the full number, ``FUZZ_SEED=123 pytest tests/fuzz``
one input. Several inputs make one test, so that pytest-xdist can spread them.
"""

import os
import tempfile
import time
from pathlib import Path

import pytest

from checker.assemble import assemble
from checker.checks import run_checks
from checker.domain.document import Document
from checker.errors import InputError
from checker.readers import read
from checker.settings import Limits
from tests.fuzz.mutations import make_input

INPUTS = int(os.environ.get("FUZZ_INPUTS", "400"))
ONE_SEED = os.environ.get("FUZZ_SEED")
BATCHES = 12
SLOWEST_SECONDS = 5
LIMITS = Limits(
    file_bytes=5 * 2**20, unpacked_bytes=8 * 2**20, text_chars=400_000, table_cells=8000
)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(1 if ONE_SEED else BATCHES))
def test_no_input_crashes_or_hangs(batch: int) -> None:
    seeds = [int(ONE_SEED)] if ONE_SEED else range(batch, INPUTS, BATCHES)
    running = Path(tempfile.gettempdir()) / f"xxgk-fuzz-{batch}.txt"
    faults = []
    for seed in seeds:
        # After a hang or a crash of the whole process this file names the input.
        running.write_text(f"FUZZ_SEED={seed}", encoding="ascii")
        faults += _faults(seed)
    running.unlink()
    assert not faults, "\n".join(faults)


def _faults(seed: int) -> list[str]:
    made = make_input(seed)
    start = time.process_time()  # other work on the machine does not count
    try:
        _check(made.data, made.name)
    except InputError as error:
        if not str(error).strip():
            return [f"FUZZ_SEED={seed} ({made.recipe}): refused without a message"]
    except Exception as error:  # every other error is what we look for
        place = _place(error)
        return [f"FUZZ_SEED={seed} ({made.recipe}): {type(error).__name__} {error!s:.200} {place}"]
    seconds = time.process_time() - start
    if seconds > SLOWEST_SECONDS:
        return [f"FUZZ_SEED={seed} ({made.recipe}): took {seconds:.1f} s"]
    return []


def _check(data: bytes, name: str) -> None:
    document = read(data, name=name, limits=LIMITS)
    _assert_places(document)
    run = run_checks(assemble(document))
    # A rule that crashes becomes a problem of the run; here it is a fault.
    assert not run.problems, [f"{p.stage} {p.rule} {p.message}" for p in run.problems]


def _assert_places(document: Document) -> None:
    """Every piece stands in the text where it says."""
    for block in document.blocks:
        pieces = (block,) if block.type == "paragraph" else block.cells
        for piece in pieces:
            place = piece.locator
            assert document.text[place.start : place.end] == piece.text


def _place(error: BaseException) -> str:
    """File and line of the innermost frame of our own code."""
    trace, found = error.__traceback__, ""
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if "checker" in Path(name).parts:
            found = f"{Path(name).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
