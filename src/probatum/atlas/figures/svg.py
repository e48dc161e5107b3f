"""The few SVG elements that the figures are made of; text and attributes are always escaped.

Colours stand as presentation attributes, so that a figure saved on its own looks right, and the
classes let the style sheet of a page override them (light, dark, print) without inline style.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

INK, SOFT, LINE, ACCENT, PAPER = "#1d2427", "#5a656b", "#c9c4b8", "#0b5d66", "#ffffff"
WARN = "#7d5200"
SLIM = 640.0  # a figure up to this width is shrunk to a narrow window, not scrolled


def element(name: str, /, *content: Markup | str, **attributes: str | float | None) -> Markup:
    """Make an element; ``class_`` is class, an underscore is a hyphen, None is left out.

    >>> print(element("text", "a < b", x=1.25, text_anchor="end", class_="label"))
    <text x="1.25" text-anchor="end" class="label">a &lt; b</text>
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(escape(item) for item in content)
    # Every part is escaped above; Markup.format a part costs six times as much.
    drawn = f"<{name}{told}>{inner}</{name}>" if content else f"<{name}{told}/>"
    return Markup(drawn)  # noqa: S704


def _short(value: str | float) -> str | float:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "t") -> Markup:
    """Write words at a point; ``kind`` is a class: t, soft, strong, tick."""
    fill = {"soft": SOFT, "tick": SOFT}.get(kind, INK)
    weight = "600" if kind == "strong" else None
    return element(
        "text", words, x=x, y=y, text_anchor=anchor, fill=fill, font_weight=weight, class_=kind
    )


def line(x1: float, y1: float, x2: float, y2: float, *, kind: str = "rule") -> Markup:
    """Draw a line; ``kind`` is a class: rule, null, whisker, interval, faint."""
    stroke = {"rule": LINE, "faint": LINE, "null": SOFT, "interval": ACCENT}.get(kind, INK)
    dash = "4 4" if kind in {"null", "faint"} else None
    width = 2.5 if kind == "interval" else 1.25
    return element(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=dash,
        class_=kind,
    )


def polygon(points: Iterable[tuple[float, float]], *, kind: str = "diamond") -> Markup:
    """Draw a filled shape."""
    told = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return element("polygon", points=told, fill=ACCENT, class_=kind)


def drawing(
    width: float, height: float, title: str, description: str, content: Iterable[Markup]
) -> Markup:
    """Wrap a figure as an SVG document that names and describes itself."""
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="img",
        aria_label=f"{title}. {description}",
        font_family="system-ui, sans-serif",
        font_size="14",
        class_="figure slim" if width <= SLIM else "figure",
    )
