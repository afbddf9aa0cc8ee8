import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from checker.rulebook.late import late_regex


def test_a_late_pattern_finds_what_a_compiled_one_finds() -> None:
    late, compiled = late_regex("(?P<figure>[0-9]+)件"), re.compile("(?P<figure>[0-9]+)件")
    text = "收到3件，办结12件"
    for _ in range(2):  # before it was compiled, and after
        assert [m["figure"] for m in late.finditer(text)] == ["3", "12"]
        assert late.findall(text) == compiled.findall(text)
    assert late.sub("□", text) == compiled.sub("□", text)
    assert late.split(text) == compiled.split(text)
    assert late.fullmatch("3件") is not None
    assert late.match(text) is None


def test_the_flags_of_a_late_pattern_count() -> None:
    late = late_regex("AB", re.IGNORECASE)
    assert late.search("xab") is not None
    assert late.flags & re.IGNORECASE


def test_the_text_of_a_late_pattern_is_known_before_it_is_compiled() -> None:
    assert late_regex("[0-9]+").pattern == "[0-9]+"


def test_a_late_pattern_has_nothing_that_a_pattern_has_not() -> None:
    with pytest.raises(AttributeError):
        late_regex("a").no_such_method()  # type: ignore[attr-defined]


@pytest.mark.parametrize("package", ["assemble", "checks", "claims", "readers"])
def test_every_late_pattern_is_one(package: str) -> None:
    kind = type(late_regex("a")).__mro__[1]  # once asked for, a pattern is of the class below
    folder = import_module(f"checker.{package}")
    modules = (import_module(f"checker.{package}.{m.name}") for m in iter_modules(folder.__path__))
    late = [p for module in modules for p in vars(module).values() if isinstance(p, kind)]
    assert late
    for pattern in late:
        re.compile(vars(pattern)["pattern"], vars(pattern)["flags"])
