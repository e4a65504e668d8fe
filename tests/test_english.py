"""Questions in English: which they are, and what they are searched by."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import words
from index.asking import english, wordlist
from index.queries import Filters, Query, Searcher
from tests.tiny import paper, searching

ENGLISH = """
school lunch
groundwater protection
whistleblowers
recycling
playground
Libraries in Ystad
libraries Ystad
school buses for children with divorced parents
How much does a building permit cost?
who voted against the budget
Which municipalities have banned mobile phones in schools?
decisions on wind power
wind turbines near the coast
noise from the motorway
What did the council decide about the swimming pool in 2024?
snow clearing of cycle paths
rent for the ice rink
bad water in the lakes
is the plan for the park approved
motion on free bus travel
fond memories of the old theatre
elderly care waiting times
dog parks
loans and guarantees to the municipal housing company
audit of the social services
unaccompanied refugee children
closing of village schools
motions from the Green Party in Mora since 2022
contracts over 2 million kronor
electric car charging in Lidköping
Åre municipality's plans for ski lifts
conflicts of interest in the building committee
homeless young men
gang violence
fire station
women's shelters
e-scooters in the city centre
Why was the detailed plan appealed?
Is there a shortage of teachers?
leave of absence for councillors
Waste Water Treatment
sick leave among preschool staff
IT security
the use of artificial intelligence by municipalities
privacy and camera surveillance
tax increase
tall buildings by the harbour
sale of land
drug dealing
Roma and Sami minorities
sexual harassment at work
ancient monuments
national day celebrations
lake water quality
call to prayer
fireworks at new year
food waste
shelters in case of war
parental leave
travel policy for politicians
summer jobs for teenagers
theater program
allotment gardens
wolves and bears
dentists
""".strip().split("\n")

SWEDISH = """
skollunch
plan
budget
motion
barn
fond
bad
hus
bad i Mora
motion om bad
budget 2024
plan för barn
barn i hem
sport och fritid
is på gator
bus i centrum
hundar
by i Mora
hall för tennis
padel
ny park
park i centrum
program för mental hälsa
smart mobil
digital plattform
social oro
test av vatten
lokal
transport av patienter
rent vatten
full kontroll
stark ekonomi
glass i park
dog under vård
kostnad per elev
vem reserverade sig mot detaljplanen
hur mycket kostar skolskjuts
hur har kommunen agerat mot PFAS
motioner från V i Ystad
system för internkontroll
barns rätt till information
hot mot personal
fast anställning
data om personer
film och media
konst i rondell
opera
fart i tunnel
pensioner
driver kommunen hotell
river fabrik
pass och id
order
fallen gran
parkering vid station
personal i hemvård
man och kvinna i samverkan
sommarjobb
drift av simhall
IT
ring polisen
event i arena
journalist
klimat
bygglov Åre
Business Region Ystad
handel med centrum
i vilka fall
""".strip().split("\n")


@pytest.mark.parametrize("question", ENGLISH)
def test_english(question: str) -> None:
    assert english.read(question)


@pytest.mark.parametrize("question", SWEDISH)
def test_swedish(question: str) -> None:
    assert english.read(question) is None


@pytest.mark.parametrize(
    ("question", "swedish"),
    [
        ("waste water", "avlopp spillvatten"),
        ("Whistleblowers in Ystad", "visselblåsare i Ystad"),
        ("the city council's decisions", "kommunfullmäktige fullmäktige beslut"),
        ("contracts over 2 million kronor", "avtal kontrakt över 2 miljoner kronor"),
        ("fences in Mark", "staket i Mark"),  # a municipality is not translated
        ("fees (KS 2024/512)", "avgifter KS 2024/512"),
        ("neighborhood theaters", "bostadsområde kvarter teater"),  # American spelling
        ("Svensson's bicycle-parking", "Svensson cykelparkering"),
    ],
)
def test_swedish_words(question: str, swedish: str) -> None:
    read = english.read(question)
    assert read and read.swedish == swedish


def test_alternatives_share_the_weight_of_a_word() -> None:
    read = english.read("waste water and playgrounds")
    assert read
    vector = read.vector()
    weights = dict(zip(vector.indices, vector.values, strict=True))
    assert weights[words.number(words.stem("lekplats"))] == 1
    assert (
        weights[words.number(words.stem("spillvatten"))] == weights[words.number("avlopp")] == pytest.approx(0.5**0.5)
    )


def test_every_word_of_the_list_is_read() -> None:
    known = wordlist.load()
    assert len(known.entries) > 6_000
    bare = [entry for entry in known.entries if entry not in known.function and not known.swedish(entry)]
    crowded = [entry for entry in known.entries if len(known.swedish(entry)) > 4]
    assert (bare, crowded) == ([], [])


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    papers = (
        paper("juni", "Taxa för spillvatten\nTaxan höjs.", "Ny lekplats\nEn lekplats byggs vid ån.", "Avlopp\nTaxan."),
        paper("maj", "Lekplatser och bad\nLekplatserna ses över.", date="2025-05-01"),
    )
    with searching(tmp_path_factory.mktemp("home"), *papers) as made:
        yield made


def test_any_of_the_swedish_words_matches(searcher: Searcher) -> None:
    found = searcher.search(Query("waste water tariffs"))
    assert found.total == 2
    assert {hit.title for hit in found.hits if not hit.related} == {"Taxa för spillvatten", "Avlopp"}
    assert found.read_as["english"] == {"waste water": ["avlopp", "spillvatten"], "tariffs": ["taxor"]}


def test_every_english_word_is_needed(searcher: Searcher) -> None:
    assert searcher.search(Query("new playgrounds")).total == 1
    assert searcher.search(Query("playgrounds")).total == 2
    assert searcher.search(Query("playgrounds", filters=Filters(year=(2025,)))).total == 1


def test_the_swedish_words_are_marked(searcher: Searcher) -> None:
    hit = searcher.search(Query("playgrounds by the river")).hits[0]
    assert [hit.snippet[a:b].lower() for a, b in hit.marks][:1] == ["lekplatser"]


def test_filters_are_read_out_of_english_too(searcher: Searcher) -> None:
    found = searcher.search(Query("playgrounds in Alingsås municipality"))
    assert (found.read_as["filters"], found.total) == ({"municipality": ["1489"]}, 2)
    assert "english" not in searcher.search(Query("lekplatser i Alingsås")).read_as
