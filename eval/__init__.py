"""Measuring instruments: the benchmark."""
