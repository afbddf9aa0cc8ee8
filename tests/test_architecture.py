"""Rules about the code that neither a type checker nor a linter knows."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import checker

ROOT = Path(checker.__file__).parent.parent
PACKAGES = ("checker", "ui", "eval", "rules", "prompts")
MODULES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))
MAY_PRINT = ("checker/cli/", "checker/output/", "eval/")
HEAVY = frozenset(
    {
        *("gradio", "pandas", "numpy", "langchain", "langchain_core", "openai", "tablers"),
        *("pypdfium2", "lxml", "hypothesis"),
    }
)
ONLY_IN = {
    "gradio": "ui/",
    "langchain": "checker/llm/",
    "langchain_core": "checker/llm/",
    "langchain_openai": "checker/llm/",
    "openai": "checker/llm/",
}
BROAD = frozenset({"Exception", "BaseException"})
MOST_LINES = 600
MOST_LINES_OF_A_FUNCTION = 40

# eval: only a list of the modules that the interpreter has loaded is printed.
LOADED = "import sys, {module}; print('\\n'.join(m.partition('.')[0] for m in sys.modules))"


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its documentation."""
    documented = ast.get_docstring(node) is not None
    first = node.body[0]
    saved = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - saved


def test_there_is_code_to_look_at() -> None:
    assert len(MODULES) > 50


@pytest.mark.parametrize(
    "module", ["checker.cli", "checker.cli.check", "checker.pipeline", "checker.checks"]
)
def test_the_command_starts_light(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not HEAVY & set(done.stdout.split())


def test_the_version_is_told_without_loading_types_or_rules() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module="checker.cli")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "yaml" not in done.stdout.split()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    strange = {
        name
        for name in imported(path)
        if name in ONLY_IN and not named(path).startswith(ONLY_IN[name])
    }
    assert not strange


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_only_the_command_and_the_output_print(path: Path) -> None:
    calls = [n.func for n in ast.walk(tree(path)) if isinstance(n, ast.Call)]
    prints = any(isinstance(f, ast.Name) and f.id == "print" for f in calls)
    assert not prints or named(path).startswith(MAY_PRINT)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    functions = [
        n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if length(f) > MOST_LINES_OF_A_FUNCTION]
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)) or not path.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    names = {
        n.attr
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "os"
    }
    reads = names & {"environ", "getenv"}
    # Gradio has no other way to be kept offline, nor pydantic to be kept from loading plugins.
    setters = ("ui/__init__.py", "checker/domain/base.py")
    assert not reads or named(path) in ("checker/settings.py", *setters)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_an_error_of_any_kind_is_only_caught_at_a_border_that_says_why(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(tree(path)):
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        if isinstance(node, ast.ExceptHandler):
            caught = ast.walk(node.type) if node.type else ()
            broad = {n.id for n in caught if isinstance(n, ast.Name)} & BROAD
            again = any(isinstance(n, ast.Raise) and n.exc is None for n in ast.walk(node))
            at_border = "# a border: " in lines[node.lineno - 1]
            assert (node.type and not broad) or again or at_border, node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            assert not names & BROAD, node.lineno
