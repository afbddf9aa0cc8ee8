"""The only package that talks to a language model; nothing is sent unless an endpoint is set.

The model proposes, code disposes: replies hold places and choices, and every place is verified.
Importing this package loads none of the libraries; they are loaded for the first request.
"""

from checker.llm.reader import read_with_model

__all__ = ["read_with_model"]
