"""How many voted so, as words tell it (röstetal): "7 ja-röster", "Nej: sex", "Bo Ek (M) röstar ja", "Avstår (2)".

Each telling of ja, nej or avstår is read by what stands beside it: a number before or after, people before or after.
What a yes stood for ("ja-röst för bifall") is no telling; that is in propositions.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors import namelists
from extractors.model import Voter

_UNITS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton",
          "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"]  # fmt: skip
_TENS = ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"]
NUMBERS = (
    {word: value for value, word in enumerate(_UNITS)}
    | {
        ten + (_UNITS[unit] if unit else ""): 10 * tens + unit
        for tens, ten in enumerate(_TENS, 2)
        for unit in range(10)
    }
    | {"ett": 1, "inga": 0, "ingen": 0, "aderton": 18}
)
N = r"(?:\d{1,3}|[a-zåäö]{2,15})"  # a number in figures, or a word to be looked up

_ANCHOR = re.compile(
    r"""(?<![\w-])["”“'»]?
        (?: (?P<yes>ja)["”“'«]? | (?P<no>nej)["”“'«]? )
        (?P<ballot>[ ]?[-–]?[ ]?röst(?:er(?:na)?|en)?           # ja-röster, nej röst, jaröster
           |-(?=\s(?:och|resp\w*\.?|samt|mot)\s))?              # 6 ja- och 5 nejröster
        (?![\wåäö]|-\w)
      | \b(?P<abstain>avst(?:år|od|ått|ående|å\b)
          |(?:ned?|o)?lagda\sröster|nedlagda|blank[at]?(?:\sröst(?:er)?|\sröstsed\w+)?
          |l(?:ade|ägger|agt)\s(?:ner|ned)(?:\s(?:sin|sina|rösten|rösterna|röst|röster))*)(?![\wåäö])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(  # 7 · sju (7) · 7 av ledamöterna röstar för · en ledamot som
    rf"""(?<![\w§.,/:–-])(?P<n>{N})\s?(?:\(\d{{1,3}}\))?
         (?:\s?st\.?|\sstycken|\sav\s(?:de\s)?(?:\w+\s)?ledamöterna|\sledam[oö]t\w*|\sperson(?:er)?|\sröst(?:er)?
           |\sröst(?:ar|ade|at)|\ssom|\shar|\savg(?:er|av|ivna)|\slämnade?|\slämnar|\sför|\spå|\savlagda)*\s*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_NUMBER = re.compile(r"(?:§|\bnr|\bnummer|bilaga|\bpunkt\w*|omröstning|votering|kl\.?|klockan)[ ]?\Z", re.IGNORECASE)
_AFTER = re.compile(  # : 7 · (7) · = 7 st · , 3 st · 7 röster · and alone on the next line; not § 7, 7 %, 7 maj
    rf"""[ \t]{{0,9}}(?P<sign>[:=–-]|,(?=\s\d{{1,3}}\s?st)|\bavgavs|\bblev)?
         [ \t]{{0,9}}(?:\n[ \t]{{0,9}}(?=\S{{1,15}}[ \t]*(?:st\.?|röster)?[ \t]*(?:\n|\Z)))?
         (?P<open>\()?(?P<n>{N}|[-–](?=[ \t]*(?:\n|,|$)))
         (?:\s?st\.?|\sstycken|\sröster|\sröst|\sledamöter|\sledamot|\spersoner)?(?P<shut>\))?
         (?![\w%-]|[.,:]\d|\s?§|\s(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))""",
    re.VERBOSE | re.IGNORECASE,
)
_BY_PARTY = re.compile(  # under "Ja-röster": S 11, V (3), ... Summa 14
    r"""\s{0,5}:?\s{0,5}(?P<each>(?:(?-i:[A-ZÅÄÖ]{1,3}[a-z]?)[ ]?:?[ ]?\(?\d{1,2}\)?[\s,;]*){2,})
        (?:(?:och\s)?(?:summa|totalt|tot\.?|=)\s*:?\s*(?P<n>\d{1,3}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_FOR_WHAT = re.compile(  # 27 röster för förslaget · [Bo Ek (M)] röstar för avslag
    rf"""(?:\b(?P<n>{N})\s(?:röster|ledamöter|röstar|röstade)|(?<=\))\s(?:röstar|röstade))(?:\s(?:röstar|röstade))?
         \s(?:för|mot|emot)\b[^().]*(?:\([^()]*\)[^().]*)?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_VERB_AFTER = re.compile(
    r"\s+(?:röst(?:ar|ade)|avg(?:es|avs|er|av)|lämna(?:s|des|r|de))\b(?:\s+(?:av|från))?", re.IGNORECASE
)
_VOTES = re.compile(
    r"\b(?:röst(?:ar|ade|at|a)|avg(?:er|av|ett|e)|lämnar|lämnade|säger|sade)(?:\s+(?:en|för|på))?\s*[\"”“]?\Z",
    re.IGNORECASE,
)
_FOR = re.compile(r"\s*(?:avges\s|ges\s)?(?:för|innebär|betyder|=|är)\b", re.IGNORECASE)
_FROM_VOTING = re.compile(
    r"""\s+(?:från\s+(?:att\s+)?(?:avge\s+\w*|delta\s+i\s+|i\s+)?(?:rösta\w*|omröstning\w*|votering\w*|rösträtt\w*|sin\s\w+)
           |(?:vid|i|under)\s+(?:omröstning\w*|votering\w*))(?:\s+i\s+voteringen)?""",
    re.VERBOSE | re.IGNORECASE,
)
_FROM_OTHER = re.compile(r"\s+(?:från|att)\b", re.IGNORECASE)
_SIGN = re.compile(r"[\s:(–-]*")
_LINE_START = re.compile(r"(?:^|\n)[\s•*·–-]*$")


@dataclass(frozen=True, slots=True)
class Tally:
    """How one way of voting is told: "yes", "no" or "abstain", by a number, by the people who did, or both."""

    start: int
    end: int
    vote: str
    number: int
    voters: tuple[Voter, ...] = ()
    in_figures: bool = True  # a number is printed; False where the people only were counted by us


def find(text: str) -> Iterator[Tally]:
    """Every telling, in order, none inside another.

    >>> [(t.vote, t.number) for t in find("Med sju ja-röster mot 6 nej-röster. Avstår: 2")]
    [('yes', 7), ('no', 6), ('abstain', 2)]
    >>> [(t.vote, t.number) for t in find("Bo Ek (M) röstar nej. Ja-röster (2): Eva Ås (S), Per Ro (V)")]
    [('no', 1), ('yes', 2)]
    """
    done = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() >= done and (tally := _tally(text, anchor, done)):
            done = tally.end
            yield tally


def number(words: str) -> int | None:
    """A number in figures or words.

    >>> number("23"), number("Tjugotre"), number("några")
    (23, 23, None)
    """
    return int(words) if words.isdigit() else NUMBERS.get(words.lower())


def _tally(text: str, anchor: re.Match[str], done: int) -> Tally | None:
    vote, end = "yes" if anchor["yes"] else "no" if anchor["no"] else "abstain", anchor.end()
    if vote == "abstain":
        if what := _FROM_VOTING.match(text, end):
            end = what.end()
        elif _FROM_OTHER.match(text, end):
            return None
    if vote != "abstain" and (explained := _in_bracket(text, anchor, vote, done)):
        return explained
    before, after = _number_before(text, anchor, done), _number_after(text, end)
    if before and after and "\n" in text[before[0] : anchor.start()] and "\n" not in text[end : after[0]]:
        before = None
    if before:
        people = _list_from(text, end) if re.match(r"\s*[:(]", text[end : end + 5]) else []
        if before[2] == 1 and not before[3] and _FOR.match(text, end):  # "en ja-röst innebär bifall"
            return None
        people = people if _may_be_all(people, before[2]) else []
        stop = people[-1].end if people else anchor.end()
        return Tally(before[0], stop, vote, before[2], _voters(people, vote))
    return _by_people(text, anchor, vote, done, end, after)


def _in_bracket(text: str, anchor: re.Match[str], vote: str, done: int) -> Tally | None:
    """In other words, with the vote in brackets: "27 röster för förslaget (ja)", "Bo Ek (M) röstar mot (nej)"."""
    if text[anchor.start() - 1 : anchor.start()] != "(" or text[anchor.end() : anchor.end() + 1] != ")":
        return None
    begin = max(done, anchor.start() - 200)
    match = _FOR_WHAT.search(text, begin, anchor.start() - 1)
    value = number(match["n"]) if match and match["n"] else None
    if match and value is not None:
        return Tally(match.start(), anchor.end() + 1, vote, value)
    people = namelists.before(text, done, match.start()) if match and not match["n"] else []
    return Tally(people[0].start, anchor.end() + 1, vote, len(people), _voters(people, vote), False) if people else None


def _by_people(
    text: str, anchor: re.Match[str], vote: str, done: int, end: int, after: tuple[int, int] | None
) -> Tally | None:
    """A telling with its number after it, if any, and with those who voted so before or after."""
    people = _people_before(text, anchor, vote, done)
    begin = people[0].start if people else anchor.start()
    if after:
        stop, told = after
        people = people or (_list_from(text, stop) if told else [])
        people = people if _may_be_all(people, told) else []
        stop = max(stop, people[-1].end if people else 0)
        return Tally(begin, stop, vote, told, _voters(people, vote))
    if not people and (people := _people_after(text, anchor, end)):
        end = people[-1].end
        if summed := namelists.CHECK_SUM.match(text, end):
            return Tally(begin, summed.end(), vote, int(summed["n"]), _voters(people, vote))
    return Tally(begin, end, vote, len(people), _voters(people, vote), in_figures=False) if people else None


def _number_before(text: str, anchor: re.Match[str], done: int) -> tuple[int, int, int, bool] | None:
    """Start, end, value of a number before ja or nej, and whether it is in figures."""
    begin = max(done, anchor.start() - 60)
    match = _BEFORE.search(text[begin : anchor.start()])
    value = number(match["n"]) if match else None
    gap = text[begin + match.end("n") : anchor.start()] if match else ""
    alone = "\n" in gap and not anchor["ballot"] and text[anchor.end() : anchor.end() + 1] in ("\n", "")
    if match is None or value is None or "\n\n" in gap or alone:
        return None
    start = begin + match.start()
    if _NO_NUMBER.search(text, max(0, start - 12), start):
        return None
    return start, begin + match.end(), value, match["n"].isdigit()


def _number_after(text: str, end: int) -> tuple[int, int] | None:
    """End and value of a number after ja, nej or avstår."""
    if parties := _BY_PARTY.match(text, end):
        each = [int(figures) for figures in re.findall(r"\d+", parties["each"])]
        return parties.end(), int(parties["n"]) if parties["n"] else sum(each)
    match = _AFTER.match(text, end)
    if match is None or bool(match["open"]) != bool(match["shut"]):
        return None
    value = 0 if match["n"] in "-–" else number(match["n"])
    if value is None or (match["n"].lower() in ("en", "ett") and not match["sign"]):
        return None
    return match.end(), value


def _list_from(text: str, at: int) -> list[namelists.Listed]:
    """The people listed behind the colon, bracket or dash at a place; without parties not below a blank line."""
    sign = _SIGN.match(text, at)
    begin = sign.end() if sign else at
    people = namelists.after(text, begin, len(text))
    apart = "\n\n" in text[at:begin] and not any(one.party for one in people)
    return [] if apart else people


def _people_before(text: str, anchor: re.Match[str], vote: str, done: int) -> list[namelists.Listed]:
    """Those before "röstar ja"; or before "ja" itself: "röstade Eva Ås (S) ja och Bo Ek (M) nej"."""
    at = anchor.start()
    verb = _VOTES.search(text, max(done, at - 20), at)
    if verb is None and vote != "abstain" and not re.search(r"\)[\"”“ ]*$", text[max(done, at - 4) : at]):
        return []
    end = verb.start() if verb else at
    people = namelists.before(text, done, len(text[:end].rstrip()))
    if people and verb is None and vote != "abstain":
        sentence = text[max(0, people[0].start - 400) : people[0].start]
        return people if re.search(r"\bröst(?:ar|ade)\b[^.]*$", sentence, re.IGNORECASE) else []
    return people


def _people_after(text: str, anchor: re.Match[str], end: int) -> list[namelists.Listed]:
    """Those after "Ja-röster:", "Ja röstar", or below "JA" alone on its line."""
    verb = _VERB_AFTER.match(text, end)
    at = verb.end() if verb else end
    begins_line = _LINE_START.search(text, max(0, anchor.start() - 30), anchor.start()) is not None
    colon = re.match(r"\s*:", text[at : at + 4]) is not None
    if not (verb or colon or (begins_line and (anchor["ballot"] or text[at : at + 1] == "\n"))):
        return []
    return _list_from(text, at)


def _may_be_all(people: list[namelists.Listed], told: int) -> bool:
    """Whether a list can be of all who voted so: a number or two may be wrong, "Bo Ek (M) m.fl." is no list."""
    return abs(len(people) - told) <= max(1, told // 5)


def _voters(people: list[namelists.Listed], vote: str) -> tuple[Voter, ...]:
    return tuple(Voter(one.name, one.party, vote) for one in people)
