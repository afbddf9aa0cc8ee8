"""Forms and rules as data; see README.md in this folder."""
