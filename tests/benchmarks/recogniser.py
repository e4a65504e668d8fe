"""Would an entity recogniser find more organisations? `python -m tests.benchmarks.recogniser [--epochs 12]`.

A small spaCy recogniser is trained from `../shared/training/ner` (newspaper sentences, seeded, so every run makes the
same one) and judged twice: on the corpus's own test half, and on our marked papers, where it stands beside the rules of
`extractors/organisations.py` and joined to them. Printed as Markdown, with what each costs a page.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

import extractors
from extractors.model import Document

REPOSITORY = Path(__file__).parents[2]
DATA = REPOSITORY.parent / "shared" / "training" / "ner"
_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2", "width": 96, "depth": 4, "embed_size": 4000, "window_size": 1,
    "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None,
}  # fmt: skip
_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
    "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": _TOK2VEC,
}  # fmt: skip
_Counts = dict[str, list[int]]  # who finds -> [right, found, marked]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--keep", type=Path, help="a folder: keep the recogniser there, or take it from there")
    options = parser.parse_args()
    if not DATA.is_dir():
        raise SystemExit(f"no training text at {DATA}: the recogniser cannot be trained without it")
    started = time.perf_counter()
    if options.keep and options.keep.is_dir():
        recogniser = spacy.load(options.keep)
    else:
        recogniser = train(list(sentences(spacy.blank("sv"), DATA / "train_corpus.txt")), options.epochs)
    if options.keep:
        recogniser.to_disk(options.keep)
    print(f"trained in {time.perf_counter() - started:.0f} s")
    print(newspapers(recogniser))
    print(papers(recogniser))


def sentences(language: Language, file: Path) -> Iterator[Doc]:
    """The sentences of the corpus with their entities; words of one tag that stand together are one entity."""
    rows = (line.split() for line in file.open(encoding="utf-8"))  # tabs in one half, blanks in the other
    for there, group in groupby(rows, key=lambda row: len(row) == 2):
        words = [(word, tag) for word, tag in group] if there else []
        if not words:
            continue
        document, at = Doc(language.vocab, [word.replace("\u00ad", "") or "-" for word, _ in words]), 0
        spans = []
        for tag, run in groupby(words, key=lambda row: row[1]):
            end = at + len(list(run))
            spans += [Span(document, at, end, tag)] if tag != "0" else []
            at = end
        document.set_ents(spans)
        yield document


def train(documents: list[Doc], epochs: int) -> Language:
    """A recogniser of PER, LOC, ORG and MISC."""
    fix_random_seed(0)
    shuffled = random.Random(0)
    language = spacy.blank("sv")
    language.add_pipe("ner", config={"model": _MODEL})
    examples = [
        Example(Doc(language.vocab, [t.text for t in d], [bool(t.whitespace_) for t in d]), d) for d in documents
    ]
    language.initialize(lambda: examples)
    for _ in range(epochs):
        shuffled.shuffle(examples)
        for batch in minibatch(examples, 32):
            language.update(batch, drop=0.25)
    return language


def newspapers(recogniser: Language) -> str:
    """How it does on the test half of what it was trained on."""
    gold = list(sentences(recogniser, DATA / "test_corpus.txt"))
    scores = recogniser.evaluate([Example(Doc(recogniser.vocab, [t.text for t in doc]), doc) for doc in gold])
    rows = [f"| {label} | {_figures(score)} |" for label, score in sorted(scores["ents_per_type"].items())]
    return "\n".join(["| newspaper test | precision | recall | F1 |", "|---|--:|--:|--:|", *rows, ""])


def _figures(score: dict[str, float]) -> str:
    return f"{score['p']:.3f} | {score['r']:.3f} | {score['f']:.3f}"


def papers(recogniser: Language) -> str:
    """Organisations in our marked papers: the rules, the recogniser, and both."""
    counts: _Counts = {"rules": [0, 0, 0], "recogniser": [0, 0, 0], "both": [0, 0, 0]}
    spent, pages = 0.0, 0
    for file in sorted((REPOSITORY / "tests" / "marked").glob("*.json")):
        marked = json.loads(file.read_text("utf-8"))
        if "organisations" not in marked:
            continue
        document = extractors.read((REPOSITORY / marked["file"]).read_bytes(), marked["file"])
        started = time.perf_counter()
        learned = {_fold(name) for name in _recognised(recogniser, document)}
        spent, pages = spent + time.perf_counter() - started, pages + len(document.pages)
        ruled = {_fold(organisation.name) for organisation in document.organisations}
        truth = {_fold(organisation["name"]) for organisation in marked["organisations"]}
        for who, found in (("rules", ruled), ("recogniser", learned), ("both", ruled | learned)):
            row = (len(found & truth), len(found), len(truth))
            counts[who] = [before + more for before, more in zip(counts[who], row, strict=True)]
    rows = ["| organisations | right | found | marked | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|--:|"]
    for who, (right, found, all_) in counts.items():
        precision, recall, f1 = right / max(found, 1), right / max(all_, 1), 2 * right / max(found + all_, 1)
        rows.append(f"| {who} | {right} | {found} | {all_} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return "\n".join([*rows, "", f"The recogniser takes {1000 * spent / max(pages, 1):.0f} ms a page."])


def _recognised(recogniser: Language, document: Document) -> set[str]:
    """The names it calls organisations, parties left out: paragraph by paragraph, since it was trained on sentences."""
    parties = {_fold(party.text) for party in document.parties}
    texts = (" ".join(part.split()) for part in document.text.split("\n\n"))
    names = {entity.text for read in recogniser.pipe(texts) for entity in read.ents if entity.label_ == "ORG"}
    return {name for name in names if _fold(name) not in parties and len(name) > 2}


def _fold(name: str) -> str:
    """A name without its genitive -s, case and white space."""
    return "".join(name.split()).lower().removesuffix("s")


if __name__ == "__main__":
    main()
