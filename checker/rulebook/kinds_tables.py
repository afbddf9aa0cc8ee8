"""Kinds of check on cells, tables and the form: the fields their rules add."""
