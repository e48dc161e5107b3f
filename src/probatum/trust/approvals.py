"""Approvals that a page claims: that somebody who may approves, blesses or lists it, and for what.

Whatever the medicine: agencies and the words for their consent are many, what takes a claim back
(an application, a designation, a denial, what others believe) is alike. Whether the approval
exists is for the pack to say.
"""

from __future__ import annotations

import re
from itertools import takewhile

_LONGEST = 600  # characters: a longer sentence is a list, or several run together
_AGENCY = (
    r"(?:FDA|EMA|MHRA|TGA|HPRA|PMDA|Swissmedic|BfArM|ANVISA|Health Canada"
    r"|European (?:Medicines Agency|Commission|Union|regulators?)|EU\b|Brussels"
    r"|(?:the |both )?(?:drug|medicines?|federal|national|health) (?:regulators?|agenc(?:y|ies)"
    r"|authorit(?:y|ies)|watchdogs?)|regulators?|the (?:agency|authorities|government)|federal"
    r"|governments?|the (?:Swiss|Germans|French|Dutch|Australians|Canadians|Americans|British))"
)
_CONSENT = (
    r"(?:approv(?:ed?|es|al|als|ing)|licen[sc](?:ed?|es|ing)|authori[sz](?:ed?|es|ation|ations|ing)"
    r"|clear(?:ed|ance|s)|green-?li(?:t|ght|ghted|ghts)|green light|sign(?:ed|s)? off"
    r"|bless(?:ed|ing)"
    r"|endors(?:ed?|es|ement)|pass(?:ed|es)|wav(?:ed|es) (?:\w+ )?through|(?:the |a |its )nod"
    r"|thumbs[- ]up|stamp|okay(?:ed|s)?|ok.?d|sanction(?:ed|s)|recogni[sz](?:ed?|es|tion)"
    r"|regist(?:ers?|ered|ration)|rubber-?stamp(?:ed|s)?|back(?:s|ed|ing)|certif(?:ied|ies|ication)"
    r"|legali[sz](?:ed?|es|ation)|list(?:ed|s)|cover(?:s|ed)|seal|go-ahead|permi(?:ts?|tted|ssion)"
    r"|accept(?:s|ed)|ratif(?:ied|ies)|grant(?:ed|s)|ticked|say(?:s|ing) yes|said yes"
    r"|recommend(?:s|ed)"
    r"|supports?|allow(?:s|ed)|indicat(?:ed|ion|ions))"
)
_CLAIM = re.compile(
    rf"\b{_AGENCY}\b[^.;]{{0,70}}?\b{_CONSENT}\b"
    rf"|\b{_CONSENT}\b[^.;]{{0,60}}?\b(?:by|from|of|with|in|at) (?:[\w'\u2019-]+ ){{0,4}}?"
    rf"{_AGENCY}\b"
    r"|\b(?:FDA|EMA|MHRA|TGA|EU)[- ](?:approved|cleared|licen[sc]ed|endorsed|backed|certified"
    r"|registered)\b"
    r"|\b(?:fully |now |officially |already |formally |been |is |are |was |were )"
    r"(?:approved|licen[sc]ed|authori[sz]ed|indicated|legali[sz]ed|green-?lit|registered)\b"
    r"|\bon-label\b"
    r"|\bits (?:own )?(?:label|licen[cs]e)\b[^.;]{0,30}\b(?:lists?|includes?|names?|covers?)\b"
    r"|\b(?:no longer|not|without (?:going|being)|isn.t|hardly) (?:an? )?off-?label\b"
    r"|\b(?:approval|licen[cs]e|indication) (?:for|covers|includes|extends to|in)\b",
    re.IGNORECASE,
)
# What is sold, not the medicine: regulators approve finished medicines, each for a use.
_PRODUCT = re.compile(
    r"\b(?:lozenges?|troches?|gels?|creams?|capsules?|drops|mists?|formulas?|gumm(?:y|ies)"
    r"|patch(?:es)?|rapid dissolve|compounded [\w-]+|at-home [\w-]+|home (?:kits?|tablets?)|kits?"
    r"|infusions?|teas?|tinctures?|vapes?|pens?|our (?:[\w-]+ )?(?:sprays?|tablets?)"
    r"|(?:every|each) (?:spray|tablet|batch|bottle|vial)(?: we make)?)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:for|against|to (?:treat|help|ease|fight|manage)|in|covers?|as (?:an?|the))"
    r" (?:the (?:treatment|relief|management) of )?(?:[\w-]+ ){0,4}?"
    r"(?:disorders?|syndromes?|diseases?|illness(?:es)?|infections?|pains?|\w*aches?|insomnia"
    r"|anxiety|stress|panic|burn-?out|fatigue|tinnitus|addictions?|moods?|grief|cancer|autism"
    r"|dementia|obesity|asthma|epilepsy|shyness|loneliness|wellness|sleep|focus|energy|relationships"
    r"|anger|cravings?|withdrawal|menopause|jet ?lag|heartbreak|ageing|aging|longevity|creativity"
    r"|antidepressants?|painkillers?|analgesics?|mood (?:lifters?|stabili[sz]ers?)|cures?|food"
    r"|home (?:use|wellness|treatment)|use (?:at|in (?:your|one.s) (?:own )?) ?home|home dosing"
    r"|(?:at-home|unsupervised|take-home) (?:use|dosing|treatment)|relaxation"
    r"|wellbeing|recreation\w*|self-care|shingles|migraines?"
    r"|\w+(?:itis|osis|algia|a?emia|opathy|phobia|plegia|lepsy))\b",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:clinics?|doctors?|physicians?|nurses?|pharmac(?:y|ies|ists?)|cent(?:er|re)s?|hospitals?"
    r"|facilit(?:y|ies)|providers?|therapists?|practi\w+|staff|team) (?:\w+ ){0,3}?"
    r"(?:approved|licen[sc]ed|authori[sz]ed|registered|certified|accredited|recogni[sz]ed)\b"
    r"|\b(?:licen[sc]es?|registration|accreditation) (?:of|for|to) (?:the|our|a|this|their)"
    r" (?:\w+ )?(?:clinics?|doctors?|nurses?|pharmac\w+|hospitals?|cent(?:er|re)s?)\b",
    re.IGNORECASE,
)
# What more than approval as such a sentence may claim: a way of treating, a schedule, advice.
_MORE = re.compile(
    r"\b(?:therap(?:y|ies)|treatments?|treating|sessions?|program(?:me)?s?|protocols?|first-line"
    r"|antidepressants?|painkillers?|home|controlled|schedul\w+|prescri\w+|NHS|NICE|guidelines?"
    r"|recommend\w*|insur\w+|fund\w*|label|indications?|everyone|anyone|all|any"
    r"|fully|officially|percent|door|shops?|freely|same)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\?\W*$|\b(?:never|nor|neither|none|nobody|cannot|un(?:approved|licen[sc]ed)|illegal\w*"
    r"|wrong(?:ly)?|false(?:ly)?|untrue|believ\w+|think|claim\w*|advertis\w+|as (?:if|though)|if"
    r"|whether|would|could|might|may (?:one day|soon|yet|be)|hop(?:es?|ed|ing)|seek\w*"
    r"|appl(?:y|ied|ies)|applications?|under review|pending|trials?|stud(?:y|ies)"
    r"|design(?:ation|ated)|status|rejected"
    r"|refused|withdr\w+|expect\w*|yet|until|only|ask(?:s|ed)?|warn\w*|seiz\w+|unless|reject\w*"
    r"|consider\w*|decline\w*|despite|rather than|other than|instead of|ethics|committee|warning"
    r"|boxed|controlled|Schedule)\b"
    r"|\b(?:not|no|isn.t|aren.t|wasn.t|weren.t|hasn.t|haven.t|n[o']t|without)\b"
    r"(?! (?:longer (?:an? )?off-?label|(?:an? )?off-?label|(?:going|being) off-?label|only\b))",
    re.IGNORECASE,
)
_DOUBLE = re.compile(
    r"\b(?:no longer|not|without (?:going|being)|isn.t|hardly) (?:an? )?off-?label\b",
    re.IGNORECASE,
)
_OFF_LABEL = re.compile(r"\boff-?label\b", re.IGNORECASE)
_SO = re.compile(
    r",? so (?:it|that.s|there|you|we|don.t|no|nobody|why)\b|, (?:hence|which means)\b",
    re.IGNORECASE,
)
_ONE_BY_ONE = re.compile(r"\b(?:both|all (?:three|four|of them)|either|each)\b", re.IGNORECASE)
_LIST = re.compile(r"\b(?:for|against|to treat) (?P<list>[^.;:()?!]{3,300})", re.IGNORECASE)
_BETWEEN = re.compile(r",? (?:and|or|as well as|plus)(?: for| even)? |, (?:for |even )?")
_ITEM = 6  # words of one use in a list
_APART = re.compile(r"[,;:]|\b(?:used|given|prescribed|studied|tested|taken|offered|help\w*)\b")
_STATES = re.compile(  # an item that is a clause of its own, and all behind it
    r"\b(?:is|are|was|were|be|may|might|can|could|will|would|has|have|had|do(?:es)?|should|must"
    r"|occurs?|includ\w+|works?|helps?|shows?|remains?|follows?)\b"
)


def claims_approval(text: str) -> bool:
    """Whether a sentence claims that a medicine is approved, in whatever words.

    >>> [claims_approval(text) for text in ("Regulators signed off on it.", "It is not licensed.")]
    [True, False]
    """
    found = _CLAIM.search(text) if len(text) <= _LONGEST else None
    if found is None:
        return False
    concluded = _SO.search(text, found.end())  # what is concluded from it takes nothing back
    rest = _DOUBLE.sub(" ", text[: concluded.start()] if concluded else text)
    return not (_OFF_LABEL.search(rest) or _TAKEN_BACK.search(rest) or is_on_staff(rest))


def is_on_staff(text: str) -> bool:
    """Whether it is people or places that are licensed, not a medicine.

    >>> is_on_staff("Our nurses are licensed by the state."), is_on_staff("It is licensed.")
    (True, False)
    """
    return bool(_STAFF.search(text))


def listed_uses(text: str) -> list[str]:
    """Give what stands in a list of uses behind a claimed approval, one of several at least.

    >>> listed_uses("It is approved for low mood, grief and pain.")
    ['low mood', 'grief', 'pain']
    """
    claim = _CLAIM.search(text)
    found = _LIST.search(text, claim.start()) if claim else None
    if claim is None or found is None or _APART.search(text, claim.end(), found.start()):
        return []
    items = takewhile(lambda item: not _STATES.search(item), _BETWEEN.split(found["list"]))
    uses = [item.strip() for item in items if item.strip() and item.count(" ") < _ITEM]
    return uses if len(uses) > 1 else []


def speaks_of_each(text: str) -> bool:
    """Whether what is said of several medicines is said of each.

    >>> speaks_of_each("Both are licensed for it."), speaks_of_each("It is licensed.")
    (True, False)
    """
    return bool(_ONE_BY_ONE.search(text))


def names_use(text: str) -> bool:
    """Whether words for a use, known to a vocabulary or not, stand where uses are named.

    >>> names_use("It is licensed for grief."), names_use("It is licensed in Peru.")
    (True, False)
    """
    return bool(_FOR.search(text))


def names_no_use(text: str) -> bool:
    """Whether no more is claimed than that something is approved, somewhere, some time.

    >>> names_no_use("It was licensed in 2019."), names_no_use("It is licensed for grief.")
    (True, False)
    """
    return not (names_use(text) or _MORE.search(text))


def names_product(text: str) -> bool:
    """Whether a form that pharmacies compound, or a seller's own goods, is named.

    >>> names_product("Our lozenges are good."), names_product("The drug is good.")
    (True, False)
    """
    return bool(_PRODUCT.search(text))
