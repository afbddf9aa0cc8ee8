"""The command ``xxgk``. Imports nothing heavy: a command loads what it needs when it runs."""

from checker.cli.main import entry, main

__all__ = ["entry", "main"]
