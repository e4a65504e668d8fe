# ruff: noqa: E501 - sentences are as long as sentences are
"""Papers that nobody has written: strategies that put pieces of real municipal Swedish together, and know what is told.

People, places and matters are invented; Lidevad lies nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.printing import Piece

FIRST = ("Anna", "Bo", "Mia", "Jan-Erik", "Åsa", "Örjan", "Fatima", "Per", "Gun-Britt", "Lars", "Elin", "Hans", "Ulla")
LAST = ("Ek", "Lind", "Wallin", "Östlund", "Hedén", "Berg", "Åkerblom", "Ros", "Karlberg", "Sundin", "Ali", "Nyman")
PARTIES = ("S", "M", "SD", "C", "V", "KD", "L", "MP")
BODIES = (
    ("Kommunstyrelsen", "KS"), ("Tekniska nämnden", "TN"), ("Barn- och utbildningsnämnden", "BUN"), ("Socialnämnden", "SN"),
    ("Kultur- och fritidsnämnden", "KFN"), ("Kommunstyrelsens arbetsutskott", "KS"),
)  # fmt: skip
TITLES = (
    "Ny cykelväg vid ån", "Taxa för bygglov 2032", "Svar på motion om gratis simskola", "Delårsrapport per april 2031",
    "Plan för hälso- och sjukvård i särskilt boende", "Upphandling av skolskjuts", "Detaljplan för kvarteret Granen 4:12",
    "Överenskommelse med regionen om samverkan kring barns och ungas psykiska hälsa för åren 2031-2034",
    "Yttrande över remissen Ett stärkt skydd för barn i skyddat boende", "Bidrag till kören Lidevads röster",
)  # fmt: skip
DECIDED = (
    ("Planen antas.", "approved"), ("Motionen avslås.", "rejected"), ("Rapporten godkänns.", "approved"),
    ("Förvaltningen får i uppdrag att ta fram ett underlag för hur lokalerna kan användas av fler föreningar.", "assigned"),
    ("Ärendet återremitteras för ytterligare utredning av trafiksäkerheten vid skolan.", "remanded"),
    ("Motionen anses besvarad med hänvisning till förvaltningens skrivelse.", "answered"),
    ("Informationen läggs till handlingarna.", "noted"),
    ("Nämnden beviljar föreningen ett bidrag om 250 000 kronor för ombyggnad av lokalerna under 2031.", "granted"),
    ("Yttrandet överlämnas till länsstyrelsen i enlighet med förvaltningens förslag.", "referred"),
)  # fmt: skip
ATT = (
    ("att anta planen", "approved"), ("att avslå motionen", "rejected"), ("att godkänna rapporten för april", "approved"),
    ("att ge förvaltningen i uppdrag att ta fram ett underlag för hur lokalerna kan användas av fler", "assigned"),
    ("att bevilja kören ett bidrag om 40 000 kronor för arbetet med barn och unga under hela året", "granted"),
    ("att återremittera ärendet för ytterligare utredning", "remanded"), ("att anse motionen besvarad", "answered"),
)  # fmt: skip
SAID = (
    "Förvaltningen har gått igenom hur lokalerna används och vad de kostar.",
    "Hyran är densamma i alla delar av kommunen, men föreningarna betalar olika mycket.",
    "Kostnaden beräknas till {sum} under perioden.", "Av medlen går {sum} till skolan och resten till fritidsgårdarna.",
    "Frågan togs upp vid sammanträdet den {day}.", "Svaret ska lämnas senast den {day}.",
    "Hälso- och sjukvården påverkas inte av förslaget, enligt {person}.", "{person} redogör för ärendet.",
    "Vid en jämförelse med andra kommuner är taxan i Lidevad låg, vilket beror på att den inte har räknats upp.",
    "Barnens bästa har beaktats genom samtal med elevråden vid de skolor som berörs.",
)  # fmt: skip
SUMS = (
    ("1 250 000 kronor", 1_250_000), ("4,5 mnkr", 4_500_000), ("350 tkr", 350_000), ("12 500 kr", 12_500),
    ("sju miljoner kronor", 7_000_000), ("38 211 tkr", 38_211_000),
)  # fmt: skip
DAYS = (
    ("3 maj 2031", "2031-05-03"), ("24 oktober 2030", "2030-10-24"), ("1 december 2030", "2030-12-01"),
    ("15 juni 2031", "2031-06-15"),
)  # fmt: skip
SENT_TO = ("Ekonomiavdelningen", "Kommunens revisorer", "Sökanden", "Länsstyrelsen")


@dataclass
class Paper:
    """A paper in the making, and what it tells: (number, title, case number) of its items, and so on."""

    head: str
    pieces: list[Piece] = field(default_factory=list)
    items: list[tuple[str, str, str | None]] = field(default_factory=list)
    decisions: list[tuple[str, str, str]] = field(default_factory=list)
    votes: list[tuple[str, int, int, int]] = field(default_factory=list)
    reservations: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    people: set[tuple[str, str]] = field(default_factory=set)

    def add(self, text: str, gap: bool = False, flows: bool = True) -> None:
        self.pieces.append(Piece(text, gap, flows))


names = st.builds(lambda first, last: f"{first} {last}", st.sampled_from(FIRST), st.sampled_from(LAST))
# Nobody has two parties, and nobody else's name: a namesake in another party would be another matter.
people = st.lists(
    st.tuples(names, st.sampled_from(PARTIES)), min_size=5, max_size=9, unique_by=lambda person: person[0].split()[1]
)


@st.composite
def minutes(draw: st.DrawFn) -> Paper:
    """Minutes (protokoll) of one to four §§, with a roster."""
    body, unit = draw(st.sampled_from(BODIES))
    members = draw(people)
    paper = Paper(f"Lidevads kommun    Sammanträdesprotokoll    {body}    2031-06-16")
    for line in ("Lidevads kommun", body, "Sammanträdesprotokoll", "Sammanträdesdatum 2031-06-16"):
        paper.add(line)
    paper.add("Beslutande", gap=True)
    for at, (name, party) in enumerate(members):
        paper.people.add((name, party))
        paper.add(f"{name} ({party}){', ordförande' if at == 0 else ''}")
    first = draw(st.integers(1, 180))
    layout = draw(st.sampled_from(("one line", "own line", "case beside")))
    for number in range(first, first + draw(st.integers(1, 4))):
        _item(draw, paper, str(number), unit, body, members, layout)
    return paper


def _item(
    draw: st.DrawFn, paper: Paper, number: str, unit: str, body: str, members: list[tuple[str, str]], layout: str
) -> None:
    """A § with its head and its parts, the decision first or last."""
    title = draw(st.sampled_from(TITLES))
    serial = draw(st.integers(3, 999))
    case = f"{unit} 2031/{serial}"
    printed = draw(
        st.sampled_from((f"Dnr {case}", f"{unit}-2031/{serial}.119", f"Diarienummer {unit} 2031-{serial:05}"))
    )
    paper.items.append((number, title, case))
    if layout == "case beside":
        paper.add(f"§ {number}    {printed}", gap=True, flows=False)
        paper.add(title)
    elif layout == "own line":
        paper.add(f"§ {number}", gap=True)
        paper.add(title)
        paper.add(printed)
    else:
        paper.add(f"§ {number} {title}", gap=True)
        paper.add(printed)
    decision = draw(st.booleans())
    if decision:
        _decision(draw, paper, number, body)
    paper.add("Sammanfattning", gap=True)
    for _ in range(draw(st.integers(1, 2))):
        _paragraph(draw, paper, members)
    if draw(st.booleans()):
        name, party = draw(st.sampled_from(members))
        paper.add("Yrkanden", gap=True)
        paper.add(f"{name} ({party}) yrkar {draw(st.sampled_from(('avslag', 'bifall till förslaget', 'återremiss')))}.")
    if draw(st.booleans()):
        _voting(draw, paper, number, members)
    if not decision:
        _decision(draw, paper, number, body)
    if draw(st.booleans()):
        reserved = sorted(draw(st.sets(st.sampled_from(members), min_size=1, max_size=3)))
        who = " och ".join(f"{name} ({party})" for name, party in reserved[:2])
        who = ", ".join([*(f"{name} ({party})" for name, party in reserved[2:]), who])
        paper.add("Reservation", gap=True)
        paper.add(f"{who} reserverar sig mot beslutet till förmån för eget yrkande.")
        paper.reservations.append((number, tuple(sorted({party for _, party in reserved}))))
    if draw(st.booleans()):
        paper.add("Beslutet skickas till", gap=True)
        for who in draw(st.lists(st.sampled_from(SENT_TO), min_size=1, max_size=3, unique=True)):
            paper.add(who)


def _decision(draw: st.DrawFn, paper: Paper, number: str, body: str) -> None:
    """The heading Beslut with one to three points: numbered, with bullets, as att-satser, or a paragraph each."""
    mark = draw(st.sampled_from(("", "number", "bullet", "att")))
    upwards = bool(mark) and draw(st.booleans())
    points = draw(st.lists(st.sampled_from(ATT if mark == "att" else DECIDED), min_size=1, max_size=3, unique=True))
    paper.add(draw(st.sampled_from(("Beslut", f"{body}s beslut"))), gap=True)
    if mark:
        does = "föreslår kommunfullmäktige besluta" if upwards else "beslutar"
        paper.add(f"{body} {does}{'' if mark == 'att' else ':'}")
    for at, (text, outcome) in enumerate(points, 1):
        end = "" if mark != "att" else "." if at == len(points) else ", samt" if at + 1 == len(points) else ","
        printed = {"number": f"{at}. ", "bullet": "• "}.get(mark, "") + text + end
        paper.add(printed, gap=not mark and at > 1)
        paper.decisions.append((number, text + "." * (end == "."), "recommended" if upwards else outcome))
        paper.amounts += [250_000] * ("250 000" in text) + [40_000] * ("40 000" in text)


def _paragraph(draw: st.DrawFn, paper: Paper, members: list[tuple[str, str]]) -> None:
    words = []
    for sentence in draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=4, unique=True)):
        printed, kronor = draw(st.sampled_from(SUMS))
        name, party = draw(st.sampled_from(members))
        words.append(sentence.format(sum=printed, day=draw(st.sampled_from(DAYS))[0], person=f"{name} ({party})"))
        paper.amounts += [kronor] * ("{sum}" in sentence)
    paper.add(" ".join(words), gap=True)


def _voting(draw: st.DrawFn, paper: Paper, number: str, members: list[tuple[str, str]]) -> None:
    """A vote told in a sentence, after the proposition."""
    yes, no, abstain = draw(st.integers(5, 40)), draw(st.integers(1, 39)), draw(st.integers(0, 3))
    paper.add("Omröstning", gap=True)
    paper.add("Omröstning begärs. Ja-röst innebär bifall till förslaget, nej-röst innebär avslag.")
    paper.add(
        f"Omröstningen utfaller med {yes} ja-röster mot {no} nej-röster"
        + f", {abstain} ledamöter avstår." * (abstain > 1)
        + "." * (abstain < 2)
    )
    paper.votes.append((number, yes, no, abstain if abstain > 1 else 0))


@st.composite
def statements(draw: st.DrawFn) -> Paper:
    """A statement (tjänsteskrivelse) to a body, with its proposal."""
    body, unit = draw(st.sampled_from(BODIES))
    members = draw(people)
    paper = Paper("Lidevads kommun    Tjänsteskrivelse")
    title, serial = draw(st.sampled_from(TITLES)), draw(st.integers(3, 999))
    for line in ("Tjänsteskrivelse", "Datum: 2031-04-14", f"Dnr: {unit} 2031/{serial}"):
        paper.add(line)
    paper.add("Till", gap=True)
    paper.add(body)
    paper.add(title, gap=True)
    paper.items.append(("", title, f"{unit} 2031/{serial}"))
    paper.add("Förslag till beslut", gap=True)
    paper.add(f"{body} beslutar:")
    for at, (text, _) in enumerate(draw(st.lists(st.sampled_from(DECIDED), min_size=1, max_size=3, unique=True)), 1):
        paper.add(f"{at}. {text}")
        paper.amounts += [250_000] * ("250 000" in text)
    for heading in ("Ärendet", "Ekonomi"):
        paper.add(heading, gap=True)
        _paragraph(draw, paper, members)
    paper.people = {(n, p) for n, p in members if any(f"{n} ({p})" in piece.text for piece in paper.pieces)}
    return paper


@st.composite
def motions(draw: st.DrawFn) -> Paper:
    """A motion to the council, signed by those who wrote it."""
    members = draw(people)
    paper = Paper("Lidevads kommun    Motion")
    title = f"Motion om {draw(st.sampled_from(('gratis simskola', 'tryggare gångvägar', 'fler bänkar längs ån')))}"
    paper.add(title)
    paper.items.append(("", title, None))
    paper.add("Till kommunfullmäktige i Lidevads kommun")
    for _ in range(draw(st.integers(1, 3))):
        _paragraph(draw, paper, members)
    paper.add("Vi yrkar därför", gap=True)
    for text, _ in draw(st.lists(st.sampled_from(ATT), min_size=1, max_size=3, unique=True)):
        paper.add(f"{text}.")
        paper.amounts += [40_000] * ("40 000" in text)
    paper.add("Lidevad den 14 april 2031", gap=True)
    for name, party in members[:2]:
        paper.add(f"{name} ({party})")
    paper.people = {(n, p) for n, p in members if any(f"{n} ({p})" in piece.text for piece in paper.pieces)}
    return paper


papers = st.one_of(minutes(), minutes(), statements(), motions())
