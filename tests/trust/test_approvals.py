"""Claims of approval in whatever words, and what takes them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.flow.packs import load_pack
from probatum.trust.appraise import appraise
from probatum.trust.approvals import claims_approval, names_product, names_use

CLAIMS = [
    "Brussels has waved it through.",
    "It got the nod from the drug regulator.",
    "The agency said yes.",
    "Giving it for grief is no longer off-label.",
    "It is a TGA-endorsed spray.",
    "Its label now lists grief.",
]
NONE = [
    "Brussels has not waved it through.",
    "It may soon get the nod from the drug regulator.",
    "Has the agency said yes?",
    "Giving it for grief is off-label.",
    "Sellers claim that it is a TGA-endorsed spray.",
    "The clinic is licensed by the state.",
    "The regulator granted it a designation.",
    "The meeting was on Tuesday.",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_is_read(text: str) -> None:
    assert claims_approval(text)


@pytest.mark.parametrize("text", NONE)
def test_what_claims_no_approval(text: str) -> None:
    assert not claims_approval(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert claims_approval(text) in {True, False}
    assert names_use(text) in {True, False}
    assert names_product(text) in {True, False}


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Ketamine has the agency's stamp for loneliness.", True),
        ("Arketamine has been approved in the EU for depression.", True),
        ("Regulators have signed off on esketamine for treatment-resistant depression.", False),
        ("Regulators have signed off on ketamine for anaesthesia.", False),
        ("We sell ketamine troches. They are FDA-approved lozenges.", True),
        ("We give ketamine or esketamine. It is approved by the FDA for grief.", True),
        (
            "We give ketamine or esketamine. The spray is approved in the EU for"
            " treatment-resistant depression.",
            False,
        ),
        ("We give ketamine or esketamine. Both are approved in the EU for anaesthesia.", True),
        ("We give ketamine or esketamine. It is approved in the EU for anaesthesia.", False),
        ("We sell ketamine. Sertraline is approved by the FDA for panic disorder.", False),
    ],
)
def test_the_pack_says_whether_an_approval_exists(text: str, flagged: bool, page) -> None:
    flags = appraise(page(text), load_pack("ketamine")).flags
    found = [f for f in flags if f.kind == "regulatory_misstatement"]
    assert bool(found) == flagged
    assert all("source:" in flag.evidence for flag in found)
