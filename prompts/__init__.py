"""Prompt texts as files, listed in manifest.yaml."""
