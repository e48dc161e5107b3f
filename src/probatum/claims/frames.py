"""Claims: drug by condition, outcome, mechanism or harm, with what is asserted of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from probatum.claims import circumstances, granted, listed, named, parts, people, turns
from probatum.claims.effect_direction import Asked, directions
from probatum.claims.framing import framed
from probatum.claims.local_terms import local_terms
from probatum.claims.passages import Passage
from probatum.claims.relations import Relation, relations
from probatum.claims.roles import Role, roles
from probatum.claims.themes import Spot, spots, themes, themes_of_symptoms
from probatum.claims.words import Words, compiled
from probatum.model.claim import Claim, Part
from probatum.model.document import Document
from probatum.model.pack import Vocabulary
from probatum.text.concepts import Concept, nearest
from probatum.text.digest import short_id

# What was to be found out, what was done, what is not known: no claims.
# Small letters and one look for where words begin: a fifth of the time of the same words without.
_NO_CLAIM = re.compile(
    r"\b(?:(?:aims?|purpose|objectives?|goal) (?:of|was|were)\b|we (?:\w+ )?(?:aimed|investigated"
    r"|evaluated|examined|sought|compared|assessed|studied)\b"
    r"|(?:conducted|designed|carried out|performed|undertaken) to\b"
    r"|(?:further|future|more|larger) (?:studies|research|trials|investigations?)\b"
    r"|(?:remains?|is|are) (?:unclear|unknown|to be)\b|first (?:study|investigation|trial) to\b"
    r"|have been (?:done|evaluated|conducted)\b"
    r"|there (?:is|are|have been) (?:\w+ ){0,3}(?:studies|reports?|reviews?|trials?)\b"
    r"|(?:studies|trials|authors) have used\b|in (?:their|a|this) review of\b"
    r"|(?:stud(?:y|ies)|trials?|reviews?|analys[ei]s|work|paper|article)"
    r" (?:aim(?:ed|s)|sought) to\b"
    r"|(?:investigat\w+|examin\w+|assess\w*|evaluat\w+|determin\w+|test(?:ed|s|ing)?|explor\w+"
    r"|find out|see) (?:if|whether)\b"
    r"|we (?:also )?(?:did not use|used|chose)\b"
    r"|(?:we|was|been|were) (?:hypothesi[sz]ed|theori[sz]ed) that\b"
    r"|(?:evidence|data|information)\b[^.;:]{0,80}\b(?:is|are) (?:lacking|scarce|missing)\b"
    r"|were (?:\w+ (?:and )?){0,2}(?:enrolled|randomi[sz]ed|allocated|recruited"
    r"|assigned|divided|excluded)\b)|^these include\b|\?$"
)
_SURE = 0.8  # of the model of direction, where no rule reads one
_SKIPPED = frozenset({"introduction", "methods"})
_PLANS = frozenset({"objective", "methods"})
# "Pain fell without affecting breathing": it is said of what follows, never of what came before.
_WITHOUT = re.compile(
    r"\bwithout (?:\w+ly )?(?:affect|chang|alter|influenc|modif)\w*$", re.IGNORECASE
)
# An item that opens with its verb is about the drug of its heading: "Blocks the receptor".
_SUBJECTLESS = re.compile(
    r"\W*(?:(?:It|This|May|Can|Might|Could|Also|Rapidly|Quickly|Often|Usually)\s){0,2}",
    re.IGNORECASE,
)
_NEAR = 25
_MOST = 8  # claims of one sentence
_LONGEST = 4_000


def claims(document: Document, found: Sequence[Passage], vocabulary: Vocabulary) -> list[Claim]:
    """Find the claims of a document: in titles, abstracts, results, discussions and web pages.

    Introductions and methods of articles are left out, since they relay or plan; in an abstract
    without headings, the sentences that say what was to be found out, and how. A sentence that
    opens with "it" or "the drug" is about the drug last named in its paragraph; an item of a list
    about the drug and the relation of its heading. A finding of the document's own that names
    no group of people is about that of its title.
    """
    words = compiled(vocabulary)
    made: list[Claim] = []
    told, local = _abstract_roles(document, found), local_terms(document, words)
    context = named.Context(document, words)
    subject = people.of_title(context)
    for passage in found:
        if told.get(passage.start) in _PLANS or not _is_read(document, passage):
            continue
        text = passage.text[:_LONGEST]
        terms = local.added(text, named.terms(words.matcher, text))
        terms = turns.measured(terms, text, words.matcher)
        terms = named.consumed(terms, text, words.order)
        own = bool(subject) and people.is_own(passage, told.get(passage.start))
        implied, loosely = context.implied(passage, text, terms)
        lent = subject if own else ()
        sentence = named.Sentence(passage, text, terms, implied, loosely, lent)
        made.extend(_numbered(document.id, _of_sentence(sentence, context)))
        context.add(passage, text, terms)
    return made


def _numbered(document: str, given: Iterator[Claim]) -> Iterator[Claim]:
    """Give claims their ids, each frame of a sentence once."""
    seen: set[tuple[str | None, ...]] = set()
    for claim in given:
        frame = (claim.intervention, claim.condition, claim.outcome, claim.direction)
        if frame in seen or len(seen) >= _MOST:
            continue
        name = short_id(document, claim.start, claim.end, f"claim{len(seen)}")
        seen.add(frame)
        yield replace(claim, id=name, document=document)


def _abstract_roles(document: Document, found: Sequence[Passage]) -> dict[int, Role]:
    """Give the roles of the sentences of an undivided abstract by their starts."""
    inside = [p for p in found if p.block.role == "abstract" and p.is_prose]
    if not inside or any(section.label for section in document.metadata.abstract):
        return {}
    told = roles([p.text for p in inside])
    return {passage.start: role for passage, role in zip(inside, told, strict=False)}


def _is_read(document: Document, passage: Passage) -> bool:
    if document.citation_page is not None:
        items = document.citation_page.items
        return any(i.start <= passage.start and passage.end <= i.end for i in items)
    if passage.block.kind == "heading":
        return False
    return document.kind == "web-page" or passage.block.role not in _SKIPPED


def _of_sentence(sentence: named.Sentence, context: named.Context) -> Iterator[Claim]:
    head = listed.head_of(sentence.passage, context.lead(sentence.passage))
    if head is not None:
        yield from _of_item(sentence, head, context)
        return
    item = not sentence.has_drug and sentence.passage.block.kind == "list-item"
    if not (sentence.has_drug or item) or _NO_CLAIM.search(sentence.text.lower()):
        return
    taken = [(c.start, c.end) for c in sentence.found]
    read = relations(sentence.text, taken)
    if item:
        if not read or not _SUBJECTLESS.fullmatch(sentence.text, 0, read[0].start):
            return
        lead = context.lead(sentence.passage)
        sentence = replace(sentence, implied=context.about(sentence.passage, lead))
    known = spots(sentence.found, sentence.text)
    found = list(_read(sentence, read, known, context.words))
    yield from found
    if not found and known:
        yield from _by_model(sentence, context.words)


def _read(
    sentence: named.Sentence, read: list[Relation], known: list[Spot], words: Words
) -> Iterator[Claim]:
    """Read the relations of a sentence, then the effects that it takes for granted."""
    pairs, lone = _paired(sentence, read, known, words)
    spoken = {thing.start for _, thing in pairs} | {start for _, start in lone if start >= 0}
    for spot in known:
        if spot.start in spoken:
            continue
        relation_of = granted.presupposed(spot, sentence)
        if relation_of is not None:
            pairs.append((relation_of, spot.concepts[0]))
    made = [framed(sentence, relation, thing, words) for relation, thing in pairs]
    # A time of onset is told only where nothing else is: "relief begins within hours".
    alone = [one for one, start in lone if one.alone and start < 0]
    made += [_alone(sentence, one, words) for one in alone if not (pairs and one.is_onset)]
    given = [claim for claim in made if claim is not None]
    shared = next((claim for claim in given if claim.condition), None)
    for claim in given:
        if claim.condition or shared is None:
            yield claim
        else:
            lent = replace(claim, condition=shared.condition)
            yield parts.with_part(lent, "condition", parts.of(shared, "condition"))


def _paired(
    sentence: named.Sentence, read: list[Relation], known: list[Spot], words: Words
) -> tuple[list[tuple[Relation, Concept]], list[tuple[Relation, int]]]:
    """Pair relations with their things; with each that has none, where its words stand, or -1."""
    pairs: list[tuple[Relation, Concept]] = []
    lone: list[tuple[Relation, int]] = []
    firsts = [one.first for one in read]
    for relation in read:
        if relation.alone and relation.direction == "improves":
            lone.append((relation, -1))  # "responded to the drug"
            continue
        told = themes(relation, sentence.text, known, firsts)
        told = [spot for spot in told if not sentence.is_drug(spot.start, spot.end)]
        told = [s for s in told if not (s.is_population and relation.direction in _AMOUNTS)]
        if _WITHOUT.search(sentence.text, max(0, relation.first - _NEAR), relation.end):
            told = [spot for spot in told if spot.start >= relation.end]
        told = told or themes_of_symptoms(relation, sentence.text, known)
        things = [granted.chosen(spot, relation, sentence, words.order) for spot in told]
        pairs += [(relation, thing) for thing in things if thing is not None]
        if not any(things):
            lone += [(relation, spot.start) for spot in told] or [(relation, -1)]
        held = [spot for spot in known if relation.start <= spot.start < relation.end]
        lone += [(relation, spot.start) for spot in held]
    return granted.settled(pairs), lone


_AMOUNTS = frozenset({"increases", "decreases"})  # of something in people with a condition


def _alone(sentence: named.Sentence, relation: Relation, words: Words) -> Claim | None:
    """Make a claim of a relation that has no object in the vocabulary: a duty, a ban, a status."""
    claim = framed(sentence, relation, None, words)
    if claim is None or not granted.stands_alone(sentence, relation, claim.aspect):
        return None
    rival = granted.other_drug(sentence, relation) if relation.direction == "interacts" else None
    return _against(sentence, claim, rival)


def _against(sentence: named.Sentence, claim: Claim, rival: Concept | None) -> Claim:
    """Set a claim against another drug, where there is one."""
    if rival is None:
        return claim
    given = parts.parts(sentence.passage.start, parts.named([("comparator", rival)]))
    return parts.with_part(replace(claim, comparator=rival.id), "comparator", given)


def _of_item(
    sentence: named.Sentence, head: listed.Head, context: named.Context
) -> Iterator[Claim]:
    """Read an item of a list under the relation of its heading."""
    drug = nearest(sentence.found, ("drug",), 0)
    about = context.about(sentence.passage, head.text)
    if drug is not None:
        about = named.here(sentence.passage, drug, "sentence")
    if about is None:
        return
    at = (0, len(sentence.text))
    relation = granted.plain(head.direction, at)
    lent = people.above(context, sentence.passage, head.text) or sentence.lent
    meant = replace(sentence, implied=about, loosely=False, lent=lent)
    start, origin = context.above(head.text, sentence.passage.start)
    low, high = head.place
    said = Part("direction", None, None, origin)
    if start is not None:
        said = replace(said, start=start + low, end=start + high)
    for thing in listed.things(head, sentence.found):
        rival = thing if thing.kind == "comparator" else None
        claim = framed(meant, relation, None if rival else thing, context.words)
        if claim:
            claim = parts.with_part(claim, "direction", [said])
            yield _against(sentence, claim, rival)


def _by_model(sentence: named.Sentence, words: Words) -> Iterator[Claim]:
    """Ask the model of direction where no rule reads one: drug, comparator and outcome named."""
    against = circumstances.AGAINST.search(sentence.text)
    outcome = nearest(sentence.found, ("outcome", "scale", "harm"), 0)
    drug = nearest(sentence.found, ("drug",), 0)
    if against is None or outcome is None or drug is None:
        return
    if circumstances.comparator(sentence.text, sentence.found, drug, both=True) is None:
        return
    rival = sentence.text[against.end() : against.end() + 40]
    told = (sentence.text[one.start : one.end] for one in (drug, outcome))
    (found,) = directions([Asked(sentence.text, next(told), rival, next(told))])
    if found.confidence < _SURE:
        return
    said = granted.plain(
        _CHANGES[found.change], (against.start(), against.start()), "correlational"
    )
    claim = framed(sentence, said, outcome, words)
    if claim is not None:
        claim = parts.without(claim, "direction", "strength")  # it read the whole sentence
        yield replace(claim, method="model")


_CHANGES = {"increased": "increases", "decreased": "decreases", "no_difference": "no_difference"}
