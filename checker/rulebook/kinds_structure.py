"""Kinds of check on sections and their contents: the fields their rules add."""
