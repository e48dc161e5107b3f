"""An invented therapy, "calmroot", in memory: every part of it is made up, documents included.

It implements ``BaseView`` so that pages can be tested without building a base.
"""

from __future__ import annotations

import dataclasses

from probatum.flow.counting import count, with_correction
from probatum.model.added import Proposal, ProposedValue
from probatum.model.answer import (
    Absolute,
    Answer,
    Certainty,
    Change,
    Evidence,
    Hit,
    Release,
    RiskOfBias,
    Step,
    Verdict,
)
from probatum.model.claim import Claim, Extraction, Part, Statement, Target
from probatum.model.curve import (
    CurveFit,
    CurvePoint,
    CurveValue,
    DoseResponse,
    DoseSet,
    TimeCourse,
)
from probatum.model.document import (
    Author,
    Block,
    Cell,
    Document,
    Identifiers,
    Metadata,
    Relation,
    Table,
)
from probatum.model.effect import (
    Analyses,
    Effect,
    Exclusion,
    ModelFit,
    Omission,
    Pooled,
    Series,
    SmallStudyTest,
)
from probatum.model.flag import Appraisal, Flag, Profile
from probatum.model.monitoring import Look, Monitoring
from probatum.model.network import Compared, LeagueCell, Network, PairCertainty, Treatment
from probatum.model.pack import (
    Assignment,
    Pack,
    PackStatement,
    Question,
    Scale,
    SourceLink,
    StudyRow,
    Term,
    Vocabulary,
    Window,
)
from probatum.model.published import PublishedPool, Reproduction, ReviewBeside, ReviewMatrix
from probatum.model.source import Accounting, Problem, SourceRef
from probatum.model.study import Judgement, Place, Signal, Study
from probatum.model.view import ClaimGroup, DocumentLine, Mention
from probatum.model.work import Citing, Duplicate, Work, WorkLink

NASTY = '<script>document.title="broken"</script><img src=x onerror=alert(1)>"\'&'

VOCABULARY = Vocabulary(
    drugs=(Term("calmroot", "Calmroot"),),
    routes=(Term("oral", "by mouth"),),
    indications=(
        Term("unrest", "Unrest"),
        Term("night-unrest", "Unrest at night", parent="unrest"),
        Term("hiccups", "Hiccups"),
    ),
    aspects=(
        Term("efficacy", "Efficacy"),
        Term("safety", "Safety"),
        Term("mechanism", "Mechanism"),
        Term("monitoring", "Monitoring"),
    ),
    outcomes=(Term("unrest-score", "Unrest score"), Term("dizziness", "Dizziness")),
    scales=(Scale("us", "Unrest Scale", low=0, high=40, better="lower", mid=3.0),),
    comparators=(Term("placebo", "placebo"),),
    populations=(Term("children", "Children", ("children",)),),
    windows=(Window("short", "up to 4 weeks", 0, 29),),
)
QUESTIONS = (
    Question(
        "unrest-score-short", "Unrest: score, calmroot v placebo, up to 4 weeks", "unrest",
        "efficacy", "unrest-score", "placebo", "oral", "short", "calmroot", None, "us", "MD",
        "lower",
    ),
    Question(
        "unrest-dizziness", "Unrest: dizziness, calmroot v placebo", "unrest", "safety",
        "dizziness", "placebo", "oral", "short", "calmroot", None, None, "RR", "lower",
    ),
    Question(
        "night-score", "Unrest at night: score, calmroot v placebo", "night-unrest", "efficacy",
        "unrest-score", "placebo", "oral", "short", "calmroot", None, "us", "MD", "lower",
    ),
    Question("hiccups-mechanism", "Hiccups: how calmroot may act", "hiccups", "mechanism"),
)  # fmt: skip

LINK = SourceLink("https://doi.org/10.5555/root.1", "Table 2", "10.5555/root.1")
LINK_WHOLE = SourceLink("https://example.org/report", None)


def row(row_id: str, study: str, year: int, **more: object) -> StudyRow:
    """Make a study row of an invented trial."""
    values: dict[str, object] = {f.name: None for f in dataclasses.fields(StudyRow)}
    values |= {
        "row_id": row_id, "study": study, "year": year, "design": "randomised, parallel",
        "indication": "unrest", "indication_printed": "unrest", "drug": "calmroot",
        "drug_printed": "calmroot", "route": "oral", "route_printed": "by mouth",
        "dose_printed": "20 mg", "dose_value": 20.0, "dose_unit": "mg", "comparator": "placebo",
        "comparator_printed": "placebo", "outcome": "unrest-score",
        "outcome_printed": "Unrest Scale", "scale": "us", "scale_printed": "0-40",
        "timepoint_printed": "2 weeks", "time_days": 14.0, "window": "short",
        "population": "adults", "result_type": "continuous", "value_kind": "endpoint",
        "measure": "MD", "benefit": "lower", "reversed_in_source": False, "crossover": False,
        "design_class": "randomised", "computed": (),
        "overlaps": (), "sources": (LINK,), "derived": "", "notes": "",
    }  # fmt: skip
    return StudyRow(**(values | more))  # type: ignore[arg-type]


ROWS = (
    row("C1", "Aster 2001", 2001, n_exp=40.0, n_ctl=38.0, mean_exp=12.1, sd_exp=5.0, mean_ctl=15.9,
        sd_ctl=5.5, doi="10.5555/root.1"),
    row("C2", "Birch 2004", 2004, n_exp=60.0, n_ctl=61.0, mean_exp=13.0, sd_exp=6.0, mean_ctl=14.2,
        sd_ctl=6.1, sources=(LINK_WHOLE,)),
    row("C3", "Cedar and a very long list of colleagues 2009", 2009, n_exp=12.0, n_ctl=11.0,
        mean_exp=9.0, sd_exp=9.9, mean_ctl=17.0, sd_ctl=10.2, reversed_in_source=True),
    row("C4", "Dill 2011", 2011, effect=-9.0, effect_measure="MD",
        flag_kind="source-inconsistency",
        quality_flag="the interval does not hold the estimate", n_exp=20.0, n_ctl=20.0),
    row("C5", "Elder 2013", 2013, n_exp=50.0, n_ctl=50.0, events_exp=6.0, events_ctl=3.0,
        result_type="binary", outcome="dizziness", outcome_printed="dizziness", measure="RR"),
    row("C6", "Fern 2015", 2015, pct_exp=35.0, pct_ctl=20.0, result_type="binary %",
        not_pooled="a percentage without arm sizes"),
)  # fmt: skip


def effect(
    row_id: str, study: str, numbers: tuple[float, float, float], *told: float, **more: object
) -> Effect:
    """Make an effect on an unlogged scale."""
    measure = str(more.pop("measure", "MD"))
    value, low, high = numbers
    vi = ((high - low) / 3.92) ** 2
    return Effect(row_id, study, study, measure, value, vi, value, low, high, *told, **more)


POOLED = Pooled(
    "unrest-score-short", "MD", "REML, Hartung-Knapp", 3, 222.0, True, -2.71, -7.35, 1.93, -12.2,
    6.8, 2.11, 48.0, 4.2, 0.12,
    (
        effect("C1", "Aster 2001", (-3.8, -6.14, -1.46), 78.0, 41.2),
        effect("C2", "Birch 2004", (-1.2, -3.36, 0.96), 121.0, 46.6, note="endpoint values"),
        effect("C3", ROWS[2].study, (-8.0, -36.2, 20.2), 23.0, 12.2),
        effect("C4", "Dill 2011", (-9.0, -12.0, -6.0), 40.0, 0.0, left_out="source inconsistent"),
    ),
    (
        ModelFit("REML", "knha", "out", 3, -2.71, -7.35, 1.93, 2.11, 1.08, "the answer"),
        ModelFit("DL", "z", "out", 3, -2.73, -4.9, -0.55, 2.2, 1.11),
        ModelFit("FE", "z", "out", 3, -2.5, -4.05, -0.95, 0.0, 0.79),
        ModelFit("REML", "knha", "in", 4, -4.9, -10.6, 0.8, 9.0, 1.8),
    ),
    (Exclusion("C6", "a percentage without arm sizes is shown, never pooled"),),
    "exact, safeguarded Newton", True, ("All trials were short.",),
)  # fmt: skip
SINGLE = Pooled(
    "unrest-dizziness", "RR", "single study", 1, 100.0, True, 2.0, 0.53, 7.56, None, None, None,
    None, None, None, (effect("C5", "Elder 2013", (2.0, 0.53, 7.56), 100.0, 100.0, measure="RR"),),
    (), (),
)  # fmt: skip


def empty(question: str) -> Pooled:
    """Make what pooling gives for a question without rows."""
    return Pooled(
        question, None, "none", 0, None, True, *([None] * 9), (), (), ()
    )  # fmt: skip


KNOWLEDGE = (
    PackStatement("K1", "mechanism", "hiccups", "Calmroot binds the invented receptor H1.",
                  (LINK_WHOLE,), "review", "low certainty"),
    PackStatement("K2", "monitoring", None, "Blood pressure was watched in all trials.",
                  (LINK,), "label", "stated"),
)  # fmt: skip
PUBLISHED = (
    PublishedPool("P1", "Gale 2020", 2020, question="unrest-score-short", fit="same", k=2.0,
                  rows=("C1",), measure="MD",
                  estimate=-2.73, ci_low=-4.9, ci_high=-0.55, method="DL",
                  source_url="https://example.org/gale"),
    PublishedPool("P2", "Gale 2020", 2020, not_attached="hiccups are not pooled here",
                  estimate_printed="not estimable", source_url="javascript:alert(1)"),
)  # fmt: skip
PACK = Pack(
    "calmroot", "Calmroot, an invented remedy", "1", "ab" * 32, "2026-11-01",
    "All of it is invented.", VOCABULARY, QUESTIONS, ROWS,
    (
        Assignment("C1", "unrest-score-short"), Assignment("C2", "unrest-score-short"),
        Assignment("C3", "unrest-score-short"), Assignment("C4", "unrest-score-short"),
        Assignment("C5", "unrest-dizziness"),
        Assignment("C6", None, "no arm sizes, so in no question"),
    ),
    KNOWLEDGE, (), (Problem("bad-value", "studies.csv line 9, n_exp: -3 is below 0"),),
    PUBLISHED,
)  # fmt: skip
VERY_LOW = Certainty("very low", "high", (
    Step("risk_of_bias", 0, "not assessed: no step, at most moderate"),
    Step("inconsistency", -1, "the prediction interval crosses no difference", (("pi_low", -12.2), ("pi_high", 6.8))),  # noqa: E501
    Step("imprecision", -2, "few participants and a wide interval", (("n", 222.0), ("needed", 400.0))),  # noqa: E501
))  # fmt: skip
SENTENCE = "The evidence is very uncertain about the effect of calmroot on unrest (MD -2.71, 95% CI -7.35 to 1.93)."  # noqa: E501
ANALYSES = Analyses(
    "unrest-score-short", "MD",
    (Omission("Aster 2001", 2, -1.9, -9.0, 5.2, 3.0),
     Omission("Birch 2004", 2, -4.0, -8.0, 0.1, 0.4)),
    "without one study the estimate runs from -4.00 to -1.90",
    (ModelFit("REML", "knha", "out", 2, -2.2, -8.0, 3.6, 1.0,
              variant="without outliers (Cedar)"),),
    ("Cedar",), (SmallStudyTest("Egger", 1.2, 0.31, "Egger 1997"),), "", ("Bayes: not wanted",),
    False, "the conclusion does not hold in 1 of 4 other analyses",
)  # fmt: skip
SERIES = (
    Series("C6", "Fern 2015", "proportion", "8 weeks", 20.0, "there is no comparison group",
           "35 % of 20 people", percent=35.0),
)  # fmt: skip
BESIDE = ReviewBeside(
    PUBLISHED[0], Reproduction("P1", POOLED.models[1], (), True),
    "Gale 2020 finds a lower value with the treatment; this base does not exclude no difference",
)  # fmt: skip
LINE = tuple(CurveValue(float(x), -x / 10, -x / 10 - 1, -x / 10 + 1) for x in (0, 10, 20))
FIT = CurveFit("linear", "one curve for all studies", 2, 3, (("x", -0.1, 0.02),), 1.0, 2, 0.6,
               9.5, True, LINE)  # fmt: skip
OTHER = dataclasses.replace(FIT, shape="quadratic", aic=11.0)
BY_X = (
    CurvePoint("R1", "Aster 2001", 10.0, -1.0, -2.0, 0.0, 40.0),
    CurvePoint("R2", "Birch 2004", 10.0, -1.5, -3.0, 0.0, 30.0),
    CurvePoint("R3", NASTY, 20.0, -2.0, -4.0, 9.0, None, True),
)
DOSE_SET = DoseSet(
    "out", (10.0, 20.0), ("Aster 2001", NASTY), LINE[1:], LINE[1:], (FIT, OTHER), "linear", 0.01,
    0.4, "benefit rises, then falls", 0.3, 15.0, 0.8, "doses 10, 20 in 2 studies",
)  # fmt: skip
DOSE = DoseResponse("MD", "mg", BY_X, (DOSE_SET,), "Doses 10, 20 in 2 studies.",
                    "Nothing is known above 20 mg.")  # fmt: skip
COURSE = TimeCourse(
    "MD", (*BY_X, CurvePoint("R4", "Aster 2001", 20.0, -0.5, -1.5, 0.5, 40.0)), (FIT,), "linear",
    0.9, ((0.5, LINE[-1]),), ("unrest-score-short",), "2 times", ("the same people twice",),
)  # fmt: skip
MONITORING = Monitoring(
    "MD", (Look("Aster 2001", 2001, 1, -3.0, -5.0, -1.0, -2.0, 0.3, 4.0),
           Look("Birch 2004", 2004, 2, -2.7, -7.0, 2.0, -1.5, 0.6, None)),
    -3.0, "the scale's minimal important difference", 0.05, 0.9, 0.1, 400.0, 240.0, 160.0, False,
    None, ((0.3, 4.0), (1.0, 2.0)), "60 % of the information needed is there",
)  # fmt: skip
ANSWERS = (
    Answer(QUESTIONS[0], POOLED, VERY_LOW, 2, 1, SENTENCE, analyses=ANALYSES, series=SERIES,
           reviews=(BESIDE,), dose=DOSE, course=COURSE, monitoring=MONITORING,
           risk_of_bias=(RiskOfBias("Aster 2001", "high", (("reporting", "high"),),
                                    "Ida, 2026"),)),
    Answer(QUESTIONS[1], SINGLE, Certainty("low", "high", ()), 0, 0,
           "One study: calmroot may make little or no difference to dizziness.",
           absolute=Absolute(60.0, 120.0, 32.0, 454.0, ("C5",), "60 people more of 1000")),
    Answer(QUESTIONS[2], empty("night-score"), Certainty("none", "none", ()), 0, 0,
           "No study in the base."),
    Answer(QUESTIONS[3], empty("hiccups-mechanism"), Certainty("none", "none", ()), 0, 0,
           "One statement is known.", ("K1",)),
)  # fmt: skip

PARAGRAPH = (
    "Calmroot lowered unrest in the trial of Aster [1], which our own data support. "
    "It is totally risk-free and works for every patient."
)
TEXT = f"Calmroot for unrest\n\n{PARAGRAPH}\n\nArm Mean\nroot 12.1\n\n{NASTY}\n"
DOCUMENT_ID, PAGE_ID = "00aa00aa00aa00aa", "11bb11bb11bb11bb"


def at(words: str) -> tuple[int, int]:
    """Find words in the invented article."""
    start = TEXT.index(words)
    return start, start + len(words)


def cell(row_: int, column: int, words: str, *, header: bool) -> Cell:
    """Make a cell of the invented table."""
    return Cell(row_, column, 1, 1, header, *at(words))


GRID = (cell(0, 0, "Arm", header=True), cell(0, 1, "Mean", header=True),
        cell(1, 0, "root 12", header=False), cell(1, 1, ".1\n", header=False))  # fmt: skip
DOCUMENT = Document(
    DOCUMENT_ID, 0, "article", SourceRef("calm <b>root</b>.xml", "cd" * 32, 0, 400),
    Metadata(
        "Calmroot for unrest", (Author("Gale", "Ida"), Author("Reed")), 2019, "2019-05", "en",
        Identifiers(doi="10.5555/gale.9", pmid="99999901"), "Journal of Invented Remedies",
        relations=(Relation("retracted-by", "doi:10.5555/notice.1"),),
        url="javascript:alert(1)", origins=(("title", "article-title"), ("doi", "article-id")),
    ),
    TEXT,
    (
        Block("title", *at("Calmroot for unrest")),
        Block("paragraph", *at(PARAGRAPH), ("Discussion",), "discussion"),
        Block("table", *at("Arm Mean\nroot 12.1\n")),
    ),
    tables=(Table("t1", "Table 1", None, GRID),),
    problems=(Problem("bad-entity", "an entity is not declared; it is shown as text", 17),),
)  # fmt: skip
PAGE = dataclasses.replace(
    DOCUMENT, id=PAGE_ID, kind="web-page", metadata=Metadata(title=NASTY), text=NASTY * 3,
    blocks=(), tables=(), problems=(), source=SourceRef("saved.html", "ef" * 32, 0, 90),
)  # fmt: skip


def statement(id_: str, words: str, stance: str, **more: object) -> Statement:
    """Make a citation statement of the invented article."""
    values: dict[str, object] = {"own_evidence": True, "confidence": 0.93, "abstained": False}
    start, end = at(words)
    return Statement(
        id_, DOCUMENT_ID, start, end, words, "Discussion", "[1]", None, None,
        (Target("1"),), stance, **(values | more),  # type: ignore[arg-type]
    )  # fmt: skip


STATEMENTS = (
    statement("s1", PARAGRAPH.split(" It is", maxsplit=1)[0], "supporting",
              why=("cue: our own data support",), next="It is totally risk-free."),
    statement("s2", "the trial of Aster [1], which our own data support", "contrasting",
              own_evidence=False, relation="self"),
    statement("s3", "trial of Aster [1]", "mentioning", twin_of="s1", abstained=True,
              confidence=0.4),
)  # fmt: skip
CLAIMED = at("Calmroot lowered unrest in the trial")
CLAIM = Claim(
    "c1", DOCUMENT_ID, *CLAIMED, "Calmroot lowered unrest in the trial", "calmroot", "unrest",
    "unrest-score", "efficacy", "improves", dose="20 mg", population=("children",),
    parts=(
        Part("dose", *at("Calmroot"), "title"),
        Part("intervention", CLAIMED[0], CLAIMED[0] + 8),
        Part("direction", *at("lowered")),
        Part("condition", CLAIMED[0] + 17, CLAIMED[0] + 23),
        Part("outcome", CLAIMED[0] + 17, CLAIMED[0] + 23),
        Part("population", None, None, "title"),
    ),
)  # fmt: skip
FLAGS = (
    Flag("f1", DOCUMENT_ID, "overclaim.no-risk", "overclaim", "span", "concern",
         "No remedy is without risk.", "totally risk-free", "SPIRIT", "support",
         *at("totally risk-free"), "totally risk-free", ("generally well tolerated",)),
    Flag("f2", DOCUMENT_ID, "retraction.list", "retracted", "document", "serious",
         "The article was retracted.", "notice 10.5555/notice.1", "COPE", "records"),
)  # fmt: skip
REPORTED = Study(
    "randomised", "text", *at("totally risk-free"), "totally risk-free",
    (
        Signal("RoB 2", "randomisation", "how the sequence was made",
               (Place("totally risk-free", *at("totally risk-free")),)),
        Signal("RoB 2", "missing data", "whose outcome is not known"),
    ),
)  # fmt: skip
PROPOSAL = Proposal(
    "abcd0123abcd0123", DOCUMENT_ID, QUESTIONS[0].id, "Aster 2001", "https://doi.org/10.5555/a",
    None, 1.0, tuple(ProposedValue(f, v, 0, 4) for f, v in
                     (("n_exp", 30.0), ("events_exp", 6.0), ("n_ctl", 31.0), ("events_ctl", 3.0))),
    "text", 0, 4, "quot", 0.8,
)  # fmt: skip
JUDGEMENTS = tuple(
    Judgement("Aster 2001", "randomisation", value, who, f"2026-01-0{day}", "read the report")
    for day, (who, value) in enumerate((("Ida", "low"), ("Max", "high"), ("consensus", "low")), 1)
)
PROFILE = Profile(
    DOCUMENT_ID, "none", "none", "note", "concern", "not assessed", False, 0.12, REPORTED
)
WORK = Work(
    "doi:10.5555/root.1", (DOCUMENT_ID, "study:Aster 2001"), (),
    Identifiers(doi="10.5555/root.1", nct=("NCT00000001",)), "A trial of calmroot in unrest", 2001,
    ("Aster B", "Vine C"), "Invented Trials", ("Randomized Controlled Trial",),
    (WorkLink("retracted-by", "w2", "the notice names its DOI"),),
)  # fmt: skip
CELLS = (("pooled", "not known"),)
NOTICE = Work("w2", (PAGE_ID,), title="Retraction of a trial of calmroot", confirmed=False)


JUDGED = (
    Verdict(DOCUMENT_ID, 0, 26, "Calmroot cures all unrest.", "overstated",
            "'cures' is stronger than any certainty of evidence",
            (Evidence("pooled", "unrest-score-short", SENTENCE, "pooled from 3 studies (C1)",
                      LINK.url, supports=True),
             Evidence("statement", "K2", "Blood pressure was watched.", "label, stated",
                      "javascript:alert(1)", supports=False)),
            ("overclaim",), SENTENCE),
    Verdict(DOCUMENT_ID, 27, 27 + len(NASTY), NASTY, "not_checkable", "no claim was recognised"),
)  # fmt: skip


def check(view, text):
    """Judge any text the same way."""
    return JUDGED


def league(row_, column, value):
    """One cell of a league table."""
    return LeagueCell(row_, column, value, value - 1, value + 1, 0.04, direct=row_ != "b")


LOWERED = Step("imprecision", -2, f"few people: {NASTY}", (("people", 90.0),))
THROUGH = Step("comparisons on the path", 0, f"the lowest of a v c (low): {NASTY}")
GRADED = (
    PairCertainty("a", "b", Certainty("very low", "low", (LOWERED,), f"A. Body: {NASTY}"),
                  None, "low", ("a", "c", "b"), (), (THROUGH,)),
    PairCertainty("a", "c", Certainty("high", "high", ()), "high", None, (), (), ()),
    PairCertainty("b", "c", Certainty("low", "moderate", (LOWERED,)), "moderate", "low",
                  ("b", "a", "c"), (Step("risk of bias", -1, "not randomised"),), (THROUGH,)),
)  # fmt: skip


NETWORK = Network(
    "unrest-score-short", "Unrest, score, short", "unrest", "efficacy", "score", "short", "MD",
    None, "lower", ("unrest-score-short",),
    (
        Treatment("a", "Calmroot tea", 3, 120.0, 0.9),
        Treatment("b", NASTY, 2, 80.0, 0.4),
        Treatment("c", "placebo", 4, None, 0.2),
    ),
    (Compared("a", "c", ("Aster 2001", "Birch 2004"), ("R1", "R2"), -3.0, -4.0, -2.0, 1.0),
     Compared("b", "c", ("Cedar 2010",), ("R3",), -1.0, -2.5, 0.5, 1.0, -1.1, -3.0, 1.0, 0.9)),
    tuple(league(r, c, v) for r, c, v in (
        ("a", "b", -2.0), ("a", "c", -3.0), ("b", "a", 2.0),
        ("b", "c", -1.0), ("c", "a", 3.0), ("c", "b", 1.0),
    )),
    ("Aster 2001", "Birch 2004", "Cedar 2010"), 300.0, "REML", 0.2, 12.0, 1.1, 1, 0.3, 0, None,
    None, "no closed loop: inconsistency cannot be tested", "3 treatments: calmroot tea first",
    ("one study is small",), (Exclusion("R9", "told in words"),), GRADED,
)  # fmt: skip


class InventedBase:
    """A base in memory."""

    title = "Calmroot, tried"
    build_id = "f00dfacef00dface"
    pack = PACK

    def answers(self):
        return ANSWERS

    def answer(self, question):
        return next((a for a in ANSWERS if a.question.id == question), None)

    def networks(self):
        return (NETWORK,)

    def network(self, network):
        return NETWORK if network == NETWORK.id else None

    def recompute(self, question, *, flagged_in=False, without=()):
        found = self.answer(question)
        if found is None or not found.pooled.effects:
            return None
        kept = tuple(e for e in found.pooled.effects if e.row_id not in without)
        k = sum(e.left_out is None or flagged_in for e in kept)
        return dataclasses.replace(found.pooled, effects=kept, k=k, estimate=-4.44)

    def documents(self):
        return (
            DocumentLine(DOCUMENT_ID, "article", "Calmroot for unrest", 2019, "calm.xml",
                         WORK.id, 1, 2, "serious"),
            DocumentLine(PAGE_ID, "web-page", NASTY, None, "saved.html", "w2", 0, 0, "none"),
        )  # fmt: skip

    def document(self, document):
        return {DOCUMENT_ID: DOCUMENT, PAGE_ID: PAGE}.get(document)

    def extraction(self, document):
        if document != DOCUMENT_ID:
            return None
        return Extraction(document, STATEMENTS, (CLAIM,))

    def appraisal(self, document):
        return Appraisal(document, FLAGS, PROFILE) if document == DOCUMENT_ID else None

    def judgements(self):
        return JUDGEMENTS

    def proposals(self, document):
        return (PROPOSAL,) if document == DOCUMENT_ID else ()

    def added(self):
        return ()

    def works(self):
        return (WORK, NOTICE)

    def work(self, work):
        return next((w for w in self.works() if w.id == work), None)

    def work_of(self, document):
        return next((w for w in self.works() if document in w.documents), None)

    def mentions(self, work):
        if work != WORK.id:
            return ()
        told = ("w2", "Letters about calmroot", 2020, ("Gale I", "Reed"), "Journal", ("Letter",))
        return tuple(
            Mention(s, *told, counts=s.twin_of is None, why_not=s.twin_of and "repeats another")
            for s in STATEMENTS
        )

    def counts(self, work):
        mentions = self.mentions(work)
        edges = [
            Citing(m.statement.id, m.statement.document, m.citing_work, (work,),
                   "mentioning" if m.statement.abstained else m.statement.stance,
                   m.statement.own_evidence, m.counts, m.why_not, m.statement.twin_of)
            for m in mentions
        ]  # fmt: skip
        return with_correction(count(edges, {m.citing_work: m.citing_authors for m in mentions}))

    def statements_for(self, question):
        return self.mentions(WORK.id) if question == "unrest-score-short" else ()

    def claims_for(self, question):
        return (CLAIM,) if question == "unrest-score-short" else ()

    def claim_groups_for(self, question):
        return [ClaimGroup((claim,), 1) for claim in self.claims_for(question)]

    def duplicates(self):
        return (
            Duplicate(DOCUMENT_ID, PAGE_ID, "review", None, 0.62, ("titles are alike",)),
            Duplicate(DOCUMENT_ID, "study:Aster 2001", "same", None, 0.99, ("same DOI",)),
        )

    def accountings(self):
        problem = Problem("trailing-bytes", "4 bytes after the end; look at the file", 400)
        return (Accounting("calm.xml", "cd" * 32, "jats", "utf-8", 404, 400, 0, 4, 1, (problem,)),)

    def changes(self):
        return (
            Change("unrest-score-short", "MD -3.1", "MD -2.71",
                   "Unrest: score: from -3.10 to -2.71; Birch 2004 was added"),
        )  # fmt: skip

    def releases(self):
        return (
            Release("current", "2026-11-01", "1", "f00d", 4, "first", self.changes()),
            Release("first", "2026-10-01", "1", "beef", 3, None, ()),
        )

    def matrix(self):
        return ReviewMatrix(("Gale 2020",), ("Aster 2001", "Birch 2004"), CELLS)

    def search(self, query, *, kind=None, limit=20):
        hits = (
            Hit("question", "unrest-score-short", QUESTIONS[0].label, SENTENCE, 3.0),
            Hit("work", WORK.id, WORK.title, NASTY, 2.0),
            Hit("statement", f"{DOCUMENT_ID}#s=21-60", "Calmroot lowered", "Calmroot", 1.0),
        )
        return [h for h in hits if kind in (None, h.kind) and query != "nothing"][:limit]
