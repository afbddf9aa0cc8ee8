"""Mutations of bytes, for every format, and of the numbers and names of a PDF."""

import re
from random import Random

from tests.fuzz.bits import MAGIC, PDF_NUMBERS
from tests.fuzz.seeds import seed_file
from tests.renderers import FORMATS


def _slice(data: bytes, random: Random, longest: int = 4000) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(1, longest))


def flip_bytes(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 30, 300)) if out else 0):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def drop_front(data: bytes, random: Random) -> bytes:
    return data[random.randint(0, len(data)) :]


def repeat_slice(data: bytes, random: Random) -> bytes:
    start, end = _slice(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 20)) + data[end:]


def drop_slice(data: bytes, random: Random) -> bytes:
    start, end = _slice(data, random)
    return data[:start] + data[end:]


def swap_slices(data: bytes, random: Random) -> bytes:
    a, b = _slice(data, random)
    c, d = _slice(data[b:], random)
    return data[:a] + data[b + c : b + d] + data[b : b + c] + data[a:b] + data[b + d :]


def insert_random(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.randbytes(random.choice((1, 3, 50))) + data[at:]


def zero_slice(data: bytes, random: Random) -> bytes:
    start, end = _slice(data, random, 600)
    return data[:start] + bytes(end - start) + data[end:]


def put_magic_before(data: bytes, random: Random) -> bytes:
    return random.choice(MAGIC) + data


def glue_other_format(data: bytes, random: Random) -> bytes:
    other = seed_file(random.choice(FORMATS), "2019", False)
    return data + other if random.random() < 0.5 else other + data


def change_pdf_numbers(data: bytes, random: Random) -> bytes:
    share = random.choice((0.002, 0.02, 0.3))
    return re.sub(
        rb"(?<= )\d+",
        lambda m: random.choice(PDF_NUMBERS) if random.random() < share else m.group(),
        data,
    )


def change_pdf_names(data: bytes, random: Random) -> bytes:
    names = sorted(set(re.findall(rb"/[A-Za-z]+", data)))
    if not names:
        return data
    return data.replace(random.choice(names), random.choice([*names, b"/Encrypt", b"/X"]))
