"""Read: bytes to documents; the format is told by content."""
