"""Who stands behind a proposal (förslagsställare): people with parties, else parties, else a body or an office."""

from __future__ import annotations

import re

from extractors.leads import fold
from extractors.named import Named, named
from extractors.reservations import parties_in

ASKS = re.compile(
    r"\b(?:yrkar|yrkade|föreslår|föreslog|tillstyrker|avstyrker|instämmer|instämde|hemställer|biträder|biträdde"
    r"|ansluter\ssig|anslöt\ssig|ställer\ssig\sbakom|ställde\ssig\sbakom)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(  # Anna Ek (S) och Bo Al (V): Bifall till förslaget.
    r"(?P<who>[A-ZÅÄÖ][^:\n]{2,200}?\([A-Za-zÅÄÖåäö-]{1,6}\)(?:\s+m\.?\s?fl\.?)?|Ordförande[n]?)\s*:(?:\s+(?=\S)|$)"
)
_BETWEEN = re.compile(
    r"(?:\s|,|och|samt|m\.?\s?fl\.?|tjänstgörande|ersättar(?:e|en|na)|ordförande[n]?|(?:förste|andre|tredje)?\s?vice|ledamot(?:en)?"
    r"|ledamöterna|kommunalrådet|oppositionsrådet|dels)*",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"\b(?:med\s(?:instämmande|bifall|stöd)\sav|instämmande\sfrån|tillsammans\smed|jämte)\s", re.IGNORECASE
)
_GENITIVE = re.compile(r"^(?P<by>[A-ZÅÄÖ][\w\s&,-]{2,70}?)s\s+(?:förslag|hemställan|beslut)\b")
_LEAD_BY = re.compile(
    r"^(?P<by>[A-ZÅÄÖ][\w\s&,-]{2,70}?)\s(?:föreslår|hemställer|yrkar|beslutade|föreslog|förslag|tillstyrker)\b"
)
_PROPOSER = re.compile(
    r"(?:förvaltning|kontor|nämnd|styrelse|fullmäktige|utskott|beredning|presidi|direktör|direktion|chef|parti|demokrat|grupp|ordförande"
    r"|revisor|råd|bolag|stiftelse| AB)\w*$",
    re.IGNORECASE,
)
BEFORE_OFFICE = (  # Kultur- och fritids-, Tekniska, Samhälls-
    r"(?:[A-ZÅÄÖ][\wåäö]+(?:-,?\s(?:[\wåäö]+-,?\s)*(?:och|&|samt)\s|\s(?:och|&)\s|(?<=a)\s)?)?[\wåäöÅÄÖ]*"
)
_OFFICE = re.compile(
    rf"[\W_]*(?P<name>{BEFORE_OFFICE}(?:förvaltningen|förvaltning|kontoret|kontor))"
    r"(?=\s{2,}|\s*$|\s(?:Tjänste|Handläggare|TJÄNSTE|Datum|Sida|\d))",
    re.MULTILINE,
)
_STOP = re.compile(r"\w[)”\"]?\.\s*$")  # of a sentence, not of a line to sign on
_SIGNED = 35  # characters: a line with a full stop that is longer is no signature
_HEAD = 1_500  # characters in which a statement tells who wrote it


def speakers(words: str) -> tuple[tuple[str, ...], str]:
    """Those whose names stand before a colon, and what they want.

    >>> speakers("Anna Ek (S) och Bo Al (V): Bifall till förslaget.")
    (('Anna Ek (S)', 'Bo Al (V)'), 'Bifall till förslaget.')
    >>> speakers("Planen antas: bilaga 1.")
    ((), 'Planen antas: bilaga 1.')
    """
    match = _SPEAKER.match(words)
    if not match:
        return (), words
    people, end = opening(match["who"])
    if people and _BETWEEN.fullmatch(match["who"], end):
        return _called(people), words[match.end() :]
    return ((match["who"],), words[match.end() :]) if match["who"].startswith("Ordförande") else ((), words)


def opening(words: str) -> tuple[list[Named], int]:
    """The people that words begin with, and where the last of them ends.

    >>> [one.name for one in opening("Ordföranden Anna Ek (S) och Bo Al (V) yrkar bifall till Eva Ås (M) förslag")[0]]
    ['Anna Ek', 'Bo Al']
    """
    found: list[Named] = []
    end = 0
    for person in named(words):
        if not _BETWEEN.fullmatch(words, end, person.start):
            break
        found.append(person)
        end = person.end
    return found, end


def of_sentence(words: str) -> tuple[str, ...]:
    """Who asks in a sentence: the people before the verb or right after it, and those who join.

    >>> of_sentence("Anna Ek (S) yrkar, med instämmande av Bo Al (V), bifall till Eva Ås (M) förslag.")
    ('Anna Ek (S)', 'Bo Al (V)')
    >>> of_sentence("Vidare yrkar Anna Ek (S) avslag."), of_sentence("Moderaterna yrkar bifall till Bo Als (S) yrkande")
    (('Anna Ek (S)',), ('M',))
    """
    verb = ASKS.search(words)
    before, after = (words[: verb.start()], words[verb.end() :]) if verb else (words, "")
    first, next_ = opening(before)[0], opening(after.lstrip())[0]
    people = list(named(before)) if first or not next_ else next_
    for joining in _JOINING.finditer(words):
        people += opening(words[joining.end() :])[0]
    if people:
        return tuple(dict.fromkeys(_called(people)))
    if parties := parties_in(before):
        return tuple(parties)
    return ("Ordföranden",) if re.match(r"ordförande", words, re.IGNORECASE) else of_heading(words)


def of_heading(words: str) -> tuple[str, ...]:
    """Who proposes, as a heading or lead-in says it: "Förvaltningens förslag", "Utskottet föreslår att".

    >>> of_heading("Kommunstyrelsens förslag till beslut"), of_heading("Förslag till beslut")
    (('Kommunstyrelsen',), ())
    >>> of_heading("Nämnden tillstyrker kontorets förslag och föreslår"), of_heading("Anna Ek (S) och Bo Al (V) yrkar")
    (('Nämnden',), ('Anna Ek (S)', 'Bo Al (V)'))
    """
    if people := opening(words)[0]:
        return _called(people)
    words = words.capitalize() if words.isupper() else words
    match = _GENITIVE.match(words)
    match = _LEAD_BY.match(words) if match is None or ASKS.search(match["by"]) else match
    if not match or not _PROPOSER.search(match["by"]):
        return ()
    return () if match["by"].lower().startswith(("förslag", "enligt", "på ", "i ")) else (fold(match["by"]),)


def office(text: str) -> tuple[str, ...]:
    """The administration that a statement's head says it comes from.

    >>> office("Granby kommun\\nKultur- och fritidsförvaltningen\\nDatum: 2031-05-04\\nTill Kultur- och fritidsnämnden")
    ('Kultur- och fritidsförvaltningen',)
    """
    found = (fold(match["name"]) for match in _OFFICE.finditer(text[:_HEAD]))
    return tuple(name for name in found if name[0].isupper())[:1]


def signers(text: str) -> tuple[str, ...]:
    """Who signed a motion, below its last words; else who its first lines say it is by."""
    people: list[Named] = []
    for line in text.rstrip().split("\n")[:-15:-1]:
        if _STOP.search(line) and (len(line) > _SIGNED or line.strip()[0].islower()):
            if people:
                break  # a name that begins a sentence further up is nobody's who signs
        else:
            people = [*opening(line.strip())[0], *people]
    if not people and (by := re.search(r"\b(?:av|från)\s(?=[A-ZÅÄÖ])", text[:600])):
        people = opening(text[by.end() : 900])[0]
    return tuple(dict.fromkeys(_called(people)))


def _called(people: list[Named]) -> tuple[str, ...]:
    return tuple(f"{person.name} ({person.party})" for person in people)
