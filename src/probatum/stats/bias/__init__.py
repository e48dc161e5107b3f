"""Signs of selective reporting, and what the effect might be without it."""
