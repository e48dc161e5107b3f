"""Pages of a PDF as lines with their places, through PDFium (extra ``[pdf]``)."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from probatum.documents.pdf_layout import PageLines, PdfLine
from probatum.model.source import Problem

_MOST_PAGES = 3_000
_MOST_CHARACTERS = 20_000_000
_LOCKED = "The PDF is encrypted and needs a password or a licence; save a copy without protection."
_BROKEN = "The PDF is cut or damaged; download it again or print it to a new PDF."
_FACTS = ("Title", "Author", "Subject", "Keywords", "CreationDate")


def pdf_pages(data: bytes) -> tuple[list[PageLines], dict[str, str], tuple[Problem, ...]]:
    """Read the lines of all pages and what the file says of itself; problems say what was lost."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        code, reason = ("encrypted", _LOCKED) if locked else ("broken-pdf", _BROKEN)
        return [], {}, (Problem(code, reason, 0),)
    try:
        facts = document.get_metadata_dict()
        problems: list[Problem] = []
        pages = list(_pages(document, problems))
        return pages, {name: facts.get(name, "") for name in _FACTS}, tuple(problems)
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument, problems: list[Problem]) -> Iterator[PageLines]:
    left = _MOST_CHARACTERS
    for number in range(len(document)):
        if number >= _MOST_PAGES or left <= 0:
            reason = f"Only {number} pages were read; divide the PDF."
            problems.append(Problem("source-too-large", reason, 0))
            return
        try:
            page = document[number]
            found = _page(page, number)
            page.close()
        except pdfium.PdfiumError:
            reason = f"Page {number + 1} could not be read; the others were kept."
            problems.append(Problem("broken-page", reason, 0))
            continue
        left -= sum(len(line.text) for line in found.lines)
        yield found


def _page(page: pdfium.PdfPage, number: int) -> PageLines:
    """Rectangles of one font and line, in the order in which the file writes them."""
    width, height = page.get_size()
    text = page.get_textpage()
    lines: list[PdfLine] = []
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        words = text.get_text_bounded(left, bottom, right, top)
        words = words.replace("\r", "").strip("\n").replace("\n", " ")
        # Broken fonts give lone surrogates, which are no characters.
        words = words.encode("utf-8", "replace").decode()
        if words.strip():
            lines.append(PdfLine(left, bottom, right, top, words, *_font(text, left, bottom, top)))
    text.close()
    return PageLines(number, float(width), float(height), lines)


def _font(text: pdfium.PdfTextPage, left: float, bottom: float, top: float) -> tuple[float, bool]:
    """Size in points of the font at the beginning of a piece, and whether it is bold."""
    at = pdfium_raw.FPDFText_GetCharIndexAtPos(text, left + 1, (bottom + top) / 2, 3, 3)
    if at < 0:
        return 0.0, False
    box = pdfium_raw.FS_MATRIX()
    scale = 1.0
    if pdfium_raw.FPDFText_GetMatrix(text, at, box):
        scale = abs(box.d) or 1.0
    size = float(pdfium_raw.FPDFText_GetFontSize(text, at)) * scale
    return size if 1 < size < 200 else 0.0, pdfium_raw.FPDFText_GetFontWeight(text, at) >= 600
