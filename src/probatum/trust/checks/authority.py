"""Against the pack: approvals that do not exist, warnings contradicted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.model.pack import PackStatement
from probatum.text.hazards import asserted, hazards, named_hazards
from probatum.text.positions import Position, Topic, opposed, widened
from probatum.trust.answered import denied_by_answers
from probatum.trust.approvals import (
    claims_approval,
    listed_uses,
    names_product,
    names_use,
    speaks_of_each,
)
from probatum.trust.carried import may_mean_its_page
from probatum.trust.dismissals import ANY, dismissed
from probatum.trust.facts import OF_HARM, Facts, bearing, facts, opposing
from probatum.trust.meant import (
    drugs_of,
    indications,
    listed_approvals,
    meant,
    spoken_of,
    uses_in,
    warning_of,
)
from probatum.trust.permits import likely_places, waved_aside
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.status import STATUS, against_status
from probatum.trust.subject import Subject
from probatum.trust.told import is_told, own_words

_LONGEST = 2_000
_COMMITTEE = re.compile(
    r"\b(?:ethics|committee|board|IRB|protocol|institution\w*|consent|study of)\b",
    re.IGNORECASE,
)
_UNNAMED = "labels of most medicines hold a warning on this: check the one in question"
# Most sentences neither deny nor allow and need no closer look.
_DENIES = re.compile(
    r"\b(?:not?|never|safe(?:ly)?|without|cannot|may|can|suitable|free|right after|fine|ideal"
    r"|harmless|none|nobody|nothing|welcome|as often|as much|as many|you (?:like|wish|want|feel)"
    r"|kind to|gentle|easy on|friendly|spar(?:es?|ing)|un(?:harmed|touched|affected|disturbed)"
    r"|intact|myths?|scaremonger\w*|old wives|overblown|exaggerated|suits?|perfect|recommended"
    r"|pairs?|mix(?:es)?|well with|wash\w*|straight|immediately|directly|later|enjoy\w*|easily"
    r"|best|simply|sign|proof)\b|\bnon-?|n['\u2019]t\b",
    re.IGNORECASE,
)
# "Approved for the treatment of tinnitus": words that end a name of an illness, whatever it is.
_CONDITION = re.compile(
    r"\b(?:approv\w+|licen[sc]ed|authori[sz]\w+|clear(?:ed|ance)|indicated)"
    r"(?: (?:by|from|under|in|as) (?:(?!gives|offers|uses|treats|sells)[\w'\u2019-]+ ?){1,4}?"
    r"| it| them| use){0,2} (?:for|to treat)"
    r" (?:[\w-]+ ){0,4}?"
    r"(?:disorders?|syndrome|disease|illness|infections?|pains?|\w*aches?|insomnia|anxiety|stress"
    r"|panic|burn-?out|fatigue|tinnitus|addiction|moods?|grief|cancer|autism|dementia|obesity"
    r"|asthma|epilepsy|\w+(?:itis|osis|algia|a?emia|opathy|phobia|plegia|lepsy))\b",
    re.IGNORECASE,
)


def regulatory_misstatement(subject: Subject) -> Iterator[Sign]:
    """An approval or an indication that does not exist, with the opposing statement."""
    explanation = "What is said of approval is against a regulator's statement."
    yield from _against(subject, ("approval",), explanation)
    known = facts(subject.pack)
    for sentence, said in subject.positions:
        if said.topic == "approval" and said.holds and _asserted(sentence, said):
            against = _not_listed(sentence, said, known) or _forbidden(sentence, said, known)
            if against is not None:
                yield Sign(explanation, opposing(against), sentence.start, sentence.end)
    if subject.document.kind == "web-page" and subject.names_drug:
        for sentence in subject.sentences:
            drugs = spoken_of(subject, sentence, known)
            rules = known.regulatory if drugs and STATUS.search(sentence.text[:_LONGEST]) else ()
            for statement in against_status(sentence.text, drugs, rules, known.matcher):
                yield Sign(explanation, opposing(statement), sentence.start, sentence.end)
            against = _unfounded(subject, sentence, known)
            if against is not None:
                yield Sign(explanation, opposing(against), sentence.start, sentence.end)


def _unfounded(subject: Subject, sentence: Sentence, known: Facts) -> PackStatement | None:
    """Give what lists the approvals of a drug, where a sentence claims another one.

    Of several drugs that may be meant the claim must be wrong of each.
    """
    text = sentence.text[:_LONGEST]
    if not claims_approval(own_words(text)) or is_told(text):
        return None
    uses = indications(text, known)
    if not (drugs_of(text, known) or may_mean_its_page(text)):
        return None
    parents = {term.id: term.parent for term in subject.pack.vocabulary.drugs if term.parent}
    against = []
    each = [indications(item, known) for item in listed_uses(text)]
    for drug in sorted(meant(subject, sentence, known)):
        listed = listed_approvals(drug, known) or listed_approvals(parents.get(drug, ""), known)
        goods = names_product(text) and not (drug in parents and listed_approvals(drug, known))
        approved = uses_in(listed, known)
        other = any(some and not widened(some, known.related) & approved for some in (uses, *each))
        unknown = not uses and (names_use(text) or goods)
        against.append(listed[0] if listed and (other or unknown) else None)
    wrong = [statement for statement in against if statement]
    return wrong[0] if wrong and (len(wrong) == len(against) or speaks_of_each(text)) else None


def _not_listed(sentence: Sentence, said: Position, known: Facts) -> PackStatement | None:
    """Give the statement that lists what a drug is approved for, when this is not among it.

    A condition that the vocabulary does not know is not among it either.
    """
    listed = [
        (fact, statement)
        for fact, statement in zip(known.positions, known.statements, strict=True)
        if fact.topic == "approval" and fact.holds and fact.drugs == said.drugs and fact.things
    ]
    things = widened(said.things, known.related)
    unknown = not said.things and _CONDITION.search(sentence.text[said.start : said.end])
    named = {
        name
        for _, statement in listed
        for match in known.matcher.find(statement.text)
        for _, name in match.terms
    }
    other = unknown or (said.things and not named & things)
    return listed[0][1] if listed and other else None


def _forbidden(sentence: Sentence, said: Position, known: Facts) -> PackStatement | None:
    """Give the warning against those for whom a drug is said to be approved."""
    allowed = {h.name for h in hazards(sentence.text, known.matcher) if not h.holds}
    return next((s for w, s in known.warnings if w.name in allowed and w.drugs & said.drugs), None)


def safety_contradiction(subject: Subject) -> Iterator[Sign]:
    """A sentence against a warning, a duty to monitor or a contraindication."""
    topics: tuple[Topic, ...] = ("monitoring", "contraindication")
    yield from _answered(subject)
    if subject.document.kind == "web-page":  # in articles a denied harm is most often a finding
        topics = (*topics, "harm")
        yield from _denied_hazards(subject)
        yield from _dismissed(subject)
    yield from _against(subject, topics, "This contradicts a warning.")
    if subject.document.kind == "web-page" and subject.on_health:
        yield from _waved_aside(subject)


# What somebody else found or says is told, not advised.
_REPORTED = re.compile(
    r"\b(?:said|says|added|noted|experts?|researchers?|scientists?|doctors|study|studies|trials?)\b",
    re.IGNORECASE,
)


def _waved_aside(subject: Subject) -> Iterator[Sign]:
    """Cautions that hold for most medicines; what the pack says of the same stands beside."""
    explanation = "A caution is waved aside."
    for place, lists in sorted(likely_places(subject.places).items()):
        sentence = subject.sentences[place]
        found = waved_aside(sentence.text, lists)
        if found is not None and sentence.block.kind not in {"title", "heading"}:
            against = _warning_of(subject, sentence)
            if against is None and _REPORTED.search(sentence.text):
                continue
            evidence = opposing(against) if against else f"the words {found!r}; {_UNNAMED}"
            yield Sign(
                explanation, evidence, sentence.start, sentence.end,
                severity=None if against else "concern",
            )  # fmt: skip


def _warning_of(subject: Subject, sentence: Sentence) -> PackStatement | None:
    """Give the warning of the pack on the same drug and hazard."""
    if not subject.names_drug:
        return None
    known = facts(subject.pack)
    drugs = spoken_of(subject, sentence, known)
    spoken = named_hazards(sentence.text) if drugs else []
    return next((s for w, s in known.warnings if w.name in spoken and w.drugs & drugs), None)


def _denied_hazards(subject: Subject) -> Iterator[Sign]:
    known = facts(subject.pack)
    for sentence in subject.sentences if subject.names_drug else ():
        text = own_words(sentence.text)
        if not _DENIES.search(text):
            continue
        about = subject.about.get(sentence.start, frozenset())
        for hazard in hazards(text, known.matcher, about=about):
            warning = None if hazard.holds else warning_of(known, hazard.name, hazard.drugs)
            if warning is not None:
                evidence = opposing(warning)
                yield Sign("This contradicts a warning.", evidence, sentence.start, sentence.end)


def _dismissed(subject: Subject) -> Iterator[Sign]:
    """Sentences on a drug of the pack that wave away what a warning names."""
    known = facts(subject.pack)
    for sentence in subject.sentences if subject.names_drug else ():
        if sentence.block.kind in {"title", "heading"}:
            continue
        found = list(dismissed(own_words(sentence.text)))
        drugs = meant(subject, sentence, known) if found else frozenset()
        for danger in found if drugs else ():
            against = (
                bearing(subject.pack, sentence.text, OF_HARM)
                if danger.name == ANY
                else warning_of(known, danger.name, drugs)
            )
            if against is not None:
                evidence = f"{opposing(against)}; the words {danger.words!r}"
                yield Sign("This dismisses a warning.", evidence, sentence.start, sentence.end)
                break


def _answered(subject: Subject) -> Iterator[Sign]:
    """Give answers that allow, or call needless or harmless, what a warning names."""
    if subject.document.kind != "web-page" or not subject.names_drug:
        return
    known = facts(subject.pack)
    for question, answer, name in denied_by_answers(subject.sentences):
        drugs = spoken_of(subject, question, known) or spoken_of(subject, answer, known)
        warning = warning_of(known, name, drugs)
        if warning is not None:
            told = f"{opposing(warning)}; asked: {question.text!r}"
            yield Sign("This answer contradicts a warning.", told, answer.start, answer.end)


def _against(subject: Subject, topics: tuple[Topic, ...], explanation: str) -> Iterator[Sign]:
    known = facts(subject.pack)
    for sentence, said in subject.positions:
        if said.topic not in topics or not _asserted(sentence, said):
            continue
        against = opposed(said, known.positions, known.related)
        if against:
            evidence = opposing(known.statements[against[0]])
            yield Sign(explanation, evidence, sentence.start, sentence.end)


def _asserted(sentence: Sentence, said: Position) -> bool:
    """Whether the clause says it, rather than ask, suppose or hope it."""
    clause = sentence.text[said.start : said.end]
    said_here = asserted(sentence.text) and asserted(clause) and not is_told(sentence.text)
    return said_here and clause in own_words(sentence.text) and not _COMMITTEE.search(clause)
