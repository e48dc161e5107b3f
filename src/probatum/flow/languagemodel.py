"""An optional language model behind an OpenAI-compatible endpoint; off unless it is asked for.

Base URL, key and model come from the environment (PROBATUM_LLM_URL, PROBATUM_LLM_KEY,
PROBATUM_LLM_MODEL). Only numbered sentences that name a drug are sent. Answers are kept by the
hash of what was asked, so that the same question is asked once.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from probatum.claims.frames import claims
from probatum.claims.gate import SCHEMA, Disagreement, Gated, Rejected, gated, numbered
from probatum.claims.passages import Passage, passages
from probatum.claims.words import compiled
from probatum.engine.storage import plain_errors
from probatum.engine.transport import HttpTransport, Request, Transport
from probatum.errors import UnreachableError, UsageError
from probatum.model.claim import Claim
from probatum.model.document import Document
from probatum.model.pack import Vocabulary

_BATCH = 40  # sentences of one question
_MOST = 400  # sentences of one document
_LARGEST = 1 << 20  # bytes of an answer
_TASK = "You read numbered sentences of medical texts and list the claims they make about drugs. "


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers, and which."""

    url: str
    model: str
    key: str = field(default="", repr=False)


def endpoint(environment: Mapping[str, str] = os.environ) -> Endpoint:
    """Read the endpoint from the environment; raises UsageError when none is named."""
    url = environment.get("PROBATUM_LLM_URL", "").rstrip("/")
    model = environment.get("PROBATUM_LLM_MODEL", "")
    if not url.startswith(("http://", "https://")) or not model:
        raise UsageError("set PROBATUM_LLM_URL (http or https) and PROBATUM_LLM_MODEL")
    return Endpoint(url, model, environment.get("PROBATUM_LLM_KEY", ""))


@dataclass(frozen=True, slots=True)
class Reader:
    """A model that reads: endpoint, the way to it, and the folder that keeps its answers."""

    endpoint: Endpoint
    transport: Transport
    cache: Path

    def ask(self, sentences: str) -> str:
        """Give the model's words on numbered sentences, from the cache where they stand.

        Raises UnreachableError when there is no usable answer; such an answer is not kept.
        """
        body = self._body(sentences)
        place = self.cache / f"{hashlib.sha256(body).hexdigest()}.json"
        with plain_errors(place):
            if place.is_file():
                return place.read_text(encoding="utf-8")
            told = self._asked(body)
            self.cache.mkdir(parents=True, exist_ok=True)
            half = place.with_suffix(".part")
            half.write_text(told, encoding="utf-8")
            half.replace(place)
        return told

    def _body(self, sentences: str) -> bytes:
        asked = {
            "model": self.endpoint.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": _TASK + SCHEMA},
                {"role": "user", "content": sentences},
            ],
        }
        return json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()

    def _asked(self, body: bytes) -> str:
        key = self.endpoint.key
        headers = (("Authorization", f"Bearer {key}"),) if key else ()
        url = f"{self.endpoint.url}/chat/completions"
        answer = self.transport.send(Request(url, body, "application/json", headers))
        if answer.status != 200 or len(answer.body) > _LARGEST:
            raise UnreachableError(f"the language model answered {answer.status}; try again later")
        try:
            told = json.loads(answer.body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            told = None
        if not isinstance(told, str):
            raise UnreachableError(
                "the language model's answer is not in the form of the endpoint"
            )
        return told


def http_reader(cache: Path, *, read_seconds: float = 60.0) -> Reader:
    """Make a reader of the environment's endpoint."""
    return Reader(endpoint(), HttpTransport("probatum", read_seconds=read_seconds), cache)


def read_with_model(document: Document, vocabulary: Vocabulary, reader: Reader) -> Gated:
    """Read a document with a model beside the rules; only what passes the gate comes back.

    Rules are never overwritten. A question without an answer is one rejected row that says why.
    """
    words = compiled(vocabulary)
    found = passages(document)
    known = claims(document, found, vocabulary)
    asked = [p for p in found if _names_drug(p, vocabulary)][:_MOST]
    fresh: list[Claim] = []
    disagreements: list[Disagreement] = []
    rejected: list[Rejected] = []
    for batch in _batches(asked):
        try:
            one = gated(document.id, batch, known, reader.ask(numbered(batch)), words)
        except UnreachableError as error:
            one = Gated(rejected=(Rejected("", str(error)),))
        fresh.extend(one.claims)
        disagreements.extend(one.disagreements)
        rejected.extend(one.rejected)
    return Gated(tuple(fresh), tuple(disagreements), tuple(rejected))


def _names_drug(passage: Passage, vocabulary: Vocabulary) -> bool:
    matches = compiled(vocabulary).matcher.find(passage.text[:4_000])
    return passage.is_prose and any(kind == "drug" for m in matches for kind, _ in m.terms)


def _batches(sentences: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    for at in range(0, len(sentences), _BATCH):
        yield sentences[at : at + _BATCH]
