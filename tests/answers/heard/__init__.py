"""Spoken questions with what their answers must hold, and how well the answerer does on them."""
