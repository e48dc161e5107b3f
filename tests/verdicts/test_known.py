"""What is worked out from a base is kept for the same base, and for no other."""

from __future__ import annotations

from dataclasses import replace

from probatum.flow.packs import load_pack
from probatum.verdicts.known import KnownBy, known


def test_a_key_knows_the_parts_that_it_names_and_no_others() -> None:
    held = known((), load_pack("ketamine"))
    key = KnownBy(held, ("facts", "drugs"))
    assert key == KnownBy(replace(held, studies={}), ("facts", "drugs"))
    assert hash(key) == hash(KnownBy(replace(held, studies={}), ("facts", "drugs")))
    assert key != KnownBy(replace(held, facts=held.facts[::-1]), ("facts", "drugs"))
    assert key != KnownBy(held, ("facts",))
