"""Types of publications in one wording, whatever a format calls them."""

from __future__ import annotations

_KINDS = {
    "Journal Article": (
        "jour",
        "ejour",
        "article",
        "article-journal",
        "journalarticle",
        "journal-article",
    ),
    "Article in Press": ("inpr",),
    "Abstract": ("abst",),
    "Book": ("book", "whole-book"),
    "Book Chapter": ("chap", "chapter", "incollection", "inbook", "bookchapter", "book-chapter"),
    "Conference Proceedings": ("conf", "proceedings"),
    "Conference Paper": (
        "cpaper",
        "inproceedings",
        "conference",
        "paper-conference",
        "proceedings-article",
    ),
    "Case Reports": ("casereport",),
    "Clinical Trial": ("clinicaltrial",),
    "Meta-Analysis": ("metaanalysis",),
    "Dataset": ("data", "dataset"),
    "Magazine Article": ("mgzn", "article-magazine"),
    "Newspaper Article": ("news", "article-newspaper"),
    "Preprint": ("preprint", "posted-content"),
    "Report": ("rprt", "report", "techreport"),
    "Thesis": ("thes", "thesis", "phdthesis", "mastersthesis"),
    "Unpublished Work": ("unpb", "unpublished"),
    "Web Page": ("elec", "webpage", "online"),
}
_KNOWN = {code: kind for kind, codes in _KINDS.items() for code in codes}
_NOTHING = frozenset({"gen", "misc", "other", "generic", "document"})


def publication_type(value: str) -> str:
    """Give the type of a publication in words; what is not known stays, "misc" says nothing.

    >>> publication_type("JOUR"), publication_type("Meta-Analysis"), publication_type("misc")
    ('Journal Article', 'Meta-Analysis', '')
    """
    code = value.strip().lower()
    return "" if code in _NOTHING else _KNOWN.get(code, value.strip())
