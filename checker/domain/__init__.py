"""The nouns of the product: frozen types without input or output."""
