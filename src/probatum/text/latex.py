r"""LaTeX as bibliographies use it: accents, special letters and braces become plain characters."""

from __future__ import annotations

import re
import unicodedata

_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "\u00df", "o": "\u00f8", "O": "\u00d8", "l": "\u0142", "L": "\u0141", "ae": "\u00e6",
    "AE": "\u00c6", "oe": "\u0153", "OE": "\u0152", "aa": "\u00e5", "AA": "\u00c5",
    "i": "\u0131", "j": "\u0237", "dh": "\u00f0", "th": "\u00fe", "dj": "\u0111",
    "alpha": "\u03b1", "beta": "\u03b2", "gamma": "\u03b3", "delta": "\u03b4", "mu": "\u03bc",
    "kappa": "\u03ba", "lambda": "\u03bb", "sigma": "\u03c3", "omega": "\u03c9",
    "textendash": "\u2013", "textemdash": "\u2014", "textquoteright": "\u2019",
    "textquoteleft": "\u2018", "textquotedblleft": "\u201c", "textquotedblright": "\u201d",
    "textregistered": "\u00ae", "texttrademark": "\u2122", "textdegree": "\u00b0",
    "geq": "\u2265", "leq": "\u2264", "times": "\u00d7", "pm": "\u00b1", "ldots": "\u2026",
    "textasciitilde": "~", "textbackslash": "\\", "textunderscore": "_", "backslash": "\\",
    "textgreater": ">", "textless": "<", "textbar": "|", "copyright": "\u00a9",
}  # fmt: skip
_SIGN_ACCENT = re.compile(r"""\\(["'`^~=.])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\([ij])\b|([A-Za-z]))""")
_WORD_ACCENT = re.compile(
    r"\\([uvHckrdb])(?:\s*\{\s*\\?([A-Za-z])\s*\}|\s+([A-Za-z])(?![A-Za-z]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|[ \t]+|(?=[^A-Za-z])|$)")
_STYLE = re.compile(
    r"\\(?:textit|textbf|emph|textsc|textrm|texttt|text|mathrm|mathit|mathbf|textsuperscript|"
    r"textsubscript|enquote|url|href|uppercase|bf|it|em|sc)\b\s*"
)
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_SPACING = re.compile(r"\\[,;:! /-]|(?<!\\)~")


def from_latex(text: str) -> str:
    r"""Turn LaTeX into plain characters; what is not known stays as it is.

    >>> from_latex("{M{\\\"u}ller} \\& {\\O}stergaard: the {DNA} of \\emph{E. coli}")
    'Müller & Østergaard: the DNA of E. coli'
    """
    if "\\" in text or "~" in text:
        text = _STYLE.sub("", text)
        text = _SIGN_ACCENT.sub(_accented, text)
        text = _WORD_ACCENT.sub(_accented, text)
        text = _ESCAPED.sub(r"\1", _COMMAND.sub(_letter, _SPACING.sub(" ", text)))
    text = text.replace("---", "\u2014").replace("--", "\u2013")
    text = text.replace("``", "\u201c").replace("''", "\u201d")
    return text.replace("{", "").replace("}", "").replace("$", "")


def _accented(found: re.Match[str]) -> str:
    letter = next(group for group in found.groups()[1:] if group)
    return unicodedata.normalize("NFC", letter + _COMBINING[found[1]])


def _letter(found: re.Match[str]) -> str:
    return _LETTERS.get(found[1], found[0])
