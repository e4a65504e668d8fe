"""What a decision comes to: one row per point, with the reason it is there. Invented, in the Swedish of the trade."""

import pytest

from extractors.lexicon import load
from extractors.outcomes import OUTCOMES, outcome

CASES = [
    # what only looks like the main verb
    ("Beviljade medel som inte använts återförs till fonden.", "other", "a participle before its noun"),
    (
        "Omdisponering inom den av kommunfullmäktige beviljade ramen godkänns.",
        "approved",
        "a participle after its agent",
    ),
    ("Nämnden beviljade ansökan.", "granted", "the same form as a verb"),
    ("På förslag av ordföranden beviljade nämnden ansökan.", "granted", "the body after its verb"),
    ("Avgiften höjs under förutsättning att kommunfullmäktige beviljar medel.", "other", "a condition behind"),
    (
        "Nämnden beslutar, under förutsättning att medel beviljas, att höja avgiften.",
        "other",
        "a condition between commas",
    ),
    ("Om kommunfullmäktige avslår budgeten, antas reservplanen.", "approved", "a condition in front"),
    ("Nämnden beslutar att ärendet inte ska återremitteras.", "other", "denied over another verb"),
    ("Kommunfullmäktige medger att interpellationen får ställas.", "other", "no permit"),
    ("Interpellationen får ställas och besvaras vid nästa sammanträde.", "tabled", "not answered yet"),
    ("Nämnden har inget att erinra mot planförslaget.", "approved", ""),
    ("I enlighet med förvaltningens förslag.", "approved", "without a verb"),
    ("Förslaget förkastas.", "rejected", ""),
    ("Positivt planbesked lämnas.", "granted", ""),
    ("Negativt planbesked lämnas.", "rejected", ""),
    ("Bidrag utgår med 20 000 kronor till scoutkåren.", "granted", "paid out, not put off"),
    ("Priset på 10 000 kronor delas lika mellan Rut Sand och Bo Al.", "granted", "shared out"),
    ("att som yttrande till regionen överlämna kontorets skrivelse", "referred", "words before the infinitive"),
    # approved
    ("Planen antas.", "approved", "passive"),
    ("Nämnden antar planen.", "approved", "active"),
    ("att godkänna årsredovisningen enligt bilaga", "approved", "infinitive after att"),
    ("godkänna nämndbudget 2031", "approved", "infinitive under 'beslutar att:'"),
    ("Taxan godkänns och överlämnas till kommunfullmäktige.", "approved", "two verbs: the first counts"),
    ("Motionen bifalls.", "approved", ""),
    ("Bifalles.", "approved", "old plural-like passive"),
    ("Bifall till förvaltningens förslag.", "approved", "a noun as verdict"),
    ("Nämnden beslutar i enlighet med förvaltningens förslag.", "approved", "no other verb"),
    ("Kommunstyrelsen ställer sig bakom yttrandet och överlämnar det till regionen.", "approved", ""),
    ("Nämnden tillstyrker motionen.", "approved", ""),
    ("Yttrandet antas som kommunstyrelsens eget.", "approved", ""),
    ("Program för idrott, som togs fram 2030, antas.", "approved", "the clause between commas has a verb of its own"),
    (
        "Redovisning av uppdrag att ta fram en plan och utreda kostnaden godkänns.",
        "approved",
        "infinitives in the subject",
    ),
    ("Samrådsgruppens beslut att anta anslaget om 20 000 kr, varav 5 000 kr är vår del, fastställs.", "approved", ""),
    ("Ägardirektiv (beslutade 2029 och upphävda 2030) fastställs.", "approved", "brackets do not count"),
    ("Policyn ”Vi avslår aldrig” fastställs.", "approved", "nor do quoted words"),
    # recommended
    ("Nämnden föreslår kommunfullmäktige att anta taxan.", "recommended", ""),
    ("att föreslå kommunfullmäktige besluta att anta taxan", "recommended", ""),
    ("Kommunstyrelsen tillstyrker förslaget och föreslår att kommunfullmäktige antar det.", "recommended", ""),
    ("Utskottet föreslår att kommunstyrelsen avslår ansökan.", "recommended", ""),
    ("Skolnämnden föreslås få 12 miljoner kronor.", "other", "passive: nobody proposes here"),
    ("Fullmäktige gav på måndagen klartecken till en ny simhall.", "approved", "in news"),
    ("Nämnden röstade ja till förslaget.", "approved", "in news"),
    ("att avgifterna för hamnen fastställs enligt bilaga", "approved", "a plural that ends like an infinitive"),
    ("att varna för is och godkänna planen", "approved", "an infinitive that ends like a plural"),
    # rejected
    ("Fullmäktige röstade nej till förslaget.", "rejected", "in news"),
    ("Förslaget skickades efter lång debatt tillbaka till nämnden.", "remanded", "not only sent"),
    ("Medborgarförslaget överlåts till tekniska nämnden för beslut.", "referred", ""),
    ("Initiativärendet avslås.", "rejected", ""),
    ("Nämnden avstyrker ansökan.", "rejected", ""),
    ("Beslutet upphävs inte.", "rejected", "negated"),
    ("Motionen bifalls inte.", "rejected", "negated approval"),
    ("att inte bevilja bidraget", "rejected", "negated grant"),
    ("Avslag på motionen.", "rejected", "noun"),
    # answered
    ("Motionen anses besvarad.", "answered", ""),
    ("att anse motionen besvarad med hänvisning till förvaltningens yttrande", "answered", ""),
    ("Motionen ska därmed anses vara besvarad.", "answered", ""),
    ("Skrivelsen besvaras med tjänsteutlåtandet.", "answered", ""),
    # remanded, tabled
    ("Ärendet återremitteras till förvaltningen.", "remanded", ""),
    (
        "Ärendet hanteras fortsatt av förvaltningen för att se över parkeringen.",
        "remanded",
        "the guideline's own example in form",
    ),
    ("Bordläggs.", "tabled", "one word"),
    ("Ärendet bordläggs till nästa sammanträde.", "tabled", ""),
    ("att ärendet utgår från dagordningen.", "tabled", ""),
    ("Ordförande väljs vid nästkommande sammanträde.", "tabled", "an election put off"),
    ("Initiativet tas emot och listas till kommande sammanträde.", "tabled", ""),
    ("Ersättning utgår enligt reglementet.", "other", "'utgår' is paid here, not left out"),
    # referred
    ("Arbetsutskottet överlämnar ärendet till kommunstyrelsen utan eget ställningstagande.", "referred", ""),
    ("Motionen remitteras till kommunstyrelsen.", "referred", ""),
    ("Motionen lämnas till kommunstyrelsen för beredning.", "referred", ""),
    ("Meddelandet vidarebefordras till länsstyrelsen.", "referred", ""),
    ("Yttrandet översänds till departementet.", "referred", ""),
    # noted
    ("Nämnden lägger informationen till handlingarna.", "noted", ""),
    ("Antecknas.", "noted", ""),
    ("Nämnden noterar informationen till protokollet.", "noted", ""),
    ("att kommunfullmäktige har tagit del av informationen.", "noted", ""),
    ("Nämnden tackar för informationen.", "noted", ""),
    # assigned
    ("Direktören får i uppdrag att underteckna avtalet.", "assigned", ""),
    ("Nämnden ger förvaltningen i uppdrag att godkänna listan.", "assigned", "not the verb of the task"),
    ("uppdra åt förvaltningschefen att upprätta en budget", "assigned", ""),
    ("Förvaltningen uppmanas att skynda på.", "assigned", ""),
    ("Dessutom ska förvaltningen se över samarbetet.", "assigned", "told without any of the verbs"),
    ("Kommunchefen bemyndigas att godkänna avtalet.", "other", "a right, not a task; 'godkänna' is not the main verb"),
    # granted
    ("Föreningen beviljas 400 000 kronor.", "granted", ""),
    ("att styrelsen beviljas ansvarsfrihet för 2031", "granted", ""),
    ("Skolnämnden tilldelas 8 mnkr.", "granted", ""),
    ("Bygglov ges för åtgärden.", "granted", ""),
    ("Startbesked lämnas.", "granted", ""),
    # elected
    ("Till ny ersättare för tiden till och med 2034 väljs Tova Ulv (C).", "elected", ""),
    ("Rut Sand (M) utses att justera protokollet.", "elected", ""),
    ("Avsägelsen godkänns.", "elected", "a release, whatever the verb"),
    ("Avsägelsen beviljas.", "elected", ""),
    ("Bo Als (V) förordnande som sekreterare förlängs till den 1 maj.", "elected", ""),
    # other
    ("Taxan justeras.", "other", "a verb that the table does not know"),
    ("att justera avgifter enligt index som fastställs av nämnden", "other", "known verb only inside a clause"),
    ("att besluta om att reservera 88 miljoner kronor", "other", ""),
    ("Riktlinjen upphör att gälla.", "other", ""),
    ("Förvaltningens utlåtande utgör nämndens yttrande.", "other", ""),
    ("Val av nämndeman efter Bo Ek bordläggs till nästa sammanträde.", "tabled", "an election put off"),
    ("att val av ersättare sker vid nästkommande sammanträde.", "tabled", "the same as an att-sats"),
    ("Kommunfullmäktige förklarar motionen besvarad.", "answered", "the body as subject"),
    ("Avgiften betalas inom två månader från det att beslutet har delgivits.", "other", "a verb of a clause"),
    (
        "att för tiden 1 januari 2032 till och med 31 december 2035 utse nämndemän: Bo Ek (S)",
        "elected",
        "for how long stands first",
    ),
    ("Förslag som godkänns av fullmäktige revideras.", "approved", "only a verb inside a clause: better than nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[case[0][:60] for case in CASES])
def test_outcome(text: str, expected: str, why: str) -> None:
    assert outcome(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Förslaget", "other"), ("avgiften fastställs till 400 kr", "approved"), ("kontrollansvarig krävs inte", "other")],
)
def test_outcome_below_a_lead_in_with_att(text: str, expected: str) -> None:
    assert outcome(text, infinitive=True) == expected


def test_the_lexicon_knows_no_other_outcomes() -> None:
    assert set(load("outcomes")) - {"beside", "inside", "weak"} <= set(OUTCOMES)
