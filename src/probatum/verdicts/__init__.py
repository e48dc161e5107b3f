"""Compare: the sentences of a text with what the base holds."""
