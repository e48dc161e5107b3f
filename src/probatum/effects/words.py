"""Numbers in sentences."""

from __future__ import annotations


def figure(value: float) -> str:
    """Return a number with three significant digits and a true minus sign.

    >>> figure(-15.7998), figure(1234.6)
    ('−15.8', '1235')
    """
    text = f"{value:.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
    return text.replace("-", "−", 1) if text.startswith("-") else text
