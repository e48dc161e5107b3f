"""Effect by time, and by dose and time: unequal visits, autocorrelated errors."""
