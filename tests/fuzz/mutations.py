"""Inputs that nobody meant to write: a number gives always the same one."""

from random import Random
from typing import NamedTuple

from tests.fuzz.bits import MAGIC, SUFFIXES
from tests.fuzz.byte_steps import (
    change_pdf_names,
    change_pdf_numbers,
    drop_front,
    drop_slice,
    flip_bytes,
    glue_other_format,
    insert_random,
    put_magic_before,
    repeat_slice,
    swap_slices,
    truncate,
    zero_slice,
)
from tests.fuzz.seeds import seed_file
from tests.fuzz.text_steps import (
    Step,
    change_attributes,
    change_figures,
    change_labels,
    change_separators,
    drop_lines,
    drop_tags,
    insert_tags,
    insert_word_tags,
    many_cells,
    nest_deeply,
    on_text,
    one_long_line,
    reencode,
    repeat_lines,
    shuffle_lines,
)
from tests.fuzz.word_steps import (
    change_tree,
    declare_entities,
    inflate_part,
    inside,
    mark_encrypted,
    mix_parts,
)
from tests.renderers import FORMATS


class FuzzInput(NamedTuple):
    """One input; ``recipe`` names the steps that led to it."""

    name: str
    data: bytes
    recipe: str


def make_input(number: int) -> FuzzInput:
    """The input of that number."""
    random = Random(number)
    if random.random() < 0.06:
        return _random_input(random)
    kind = random.choice(FORMATS)
    form = random.choice(("2019", "2021"))
    data = seed_file(kind, form, random.choice((False, True)))
    steps: list[str] = [f"{kind}/{form}"]
    for _ in range(random.choice((1, 1, 2, 3))):
        step = random.choice(_STEPS[kind])
        steps.append(step.__name__)
        data = step(data, random)
    suffix = f".{kind}" if random.random() < 0.8 else random.choice(SUFFIXES)
    return FuzzInput(f"报告2023{suffix}", data, " ".join(steps))


def _random_input(random: Random) -> FuzzInput:
    data = random.randbytes(random.choice((0, 1, 2, 7, 64, 900, 5000)))
    if random.random() < 0.7:
        data = random.choice(MAGIC) + data
    return FuzzInput("乱" + random.choice(SUFFIXES), data, "random bytes")


_BYTES: tuple[Step, ...] = (
    flip_bytes,
    truncate,
    drop_front,
    repeat_slice,
    drop_slice,
    swap_slices,
    insert_random,
    zero_slice,
    put_magic_before,
    glue_other_format,
)
_TEXT: tuple[Step, ...] = (
    *map(on_text, (change_figures, change_figures, drop_lines, shuffle_lines, repeat_lines)),
    *map(on_text, (change_separators, change_separators, change_labels, one_long_line)),
    reencode,
)
_TAGS: tuple[Step, ...] = tuple(
    map(on_text, (insert_tags, insert_tags, drop_tags, change_attributes, nest_deeply, many_cells))
)
_WORD_TEXT = (change_figures, change_labels, insert_word_tags, drop_tags)
_WORD: tuple[Step, ...] = (
    *(inside(s) for s in _BYTES[:8]),
    *(inside(on_text(c)) for c in (*_WORD_TEXT, change_attributes, nest_deeply)),
    *(inside(on_text(c)) for c in (change_figures, change_labels)),
    *[inside(change_tree)] * 12,
    inside(declare_entities),
    inside(reencode),
    mix_parts,
    mark_encrypted,
    inflate_part,
)
_STEPS: dict[str, tuple[Step, ...]] = {
    "docx": (*_WORD, *_BYTES),
    "html": (*_TAGS, *_TAGS, *_TEXT, *_BYTES),
    "pdf": (change_pdf_numbers, change_pdf_numbers, change_pdf_names, *_BYTES),
    "txt": (*_TEXT, *_TEXT, *_BYTES),
    "md": (*_TEXT, *_TEXT, *_BYTES),
}
