"""Grade: pooled estimates and flags to certainty."""
