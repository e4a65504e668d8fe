# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""More rows for test_decisions.py: where a decision stands, what leads it in, and what is none."""

CASES = {
    "how it was decided is no decision": (
        "Kommunfullmäktige",
        """§ 230 Avgifter
Kommunfullmäktige beslutar
att   avgifterna fastställs enligt bilaga.

Beslutet fattas efter votering där 24 röstar ja och 12 röstar nej.
""",
        [("att avgifterna fastställs enligt bilaga.", "approved")],
    ),
    "noted in the past tense, without any heading": (
        "Byggnadsnämnden",
        """§ 97 Meddelanden
Nämnden noterade meddelandena.
""",
        [("Nämnden noterade meddelandena.", "noted")],
    ),
    "a blank reservation ends what was decided": (
        "Kommunstyrelsen",
        """§ 142 Försäljning
Kommunstyrelsens beslut
- sälja fastigheten
- ge kommunchefen i uppdrag att underteckna avtalet
Blank reservation
Pia Qvist (S)
""",
        [("sälja fastigheten", "other"), ("ge kommunchefen i uppdrag att underteckna avtalet", "assigned")],
    ),
    "att-satser under a heading, the lead-in proposing to another body, then for itself": (
        "Kommunstyrelsens arbetsutskott",
        """§ 12 Dnr KS 2031/45
Riktlinjer för föreningsbidrag

Beslut
Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen föreslå kommunfullmäktige

att anta riktlinjer för föreningsbidrag, samt

att upphäva riktlinjerna från 2019.

Kommunstyrelsens arbetsutskott beslutar för egen del

att uppdra åt förvaltningen att ta fram en informationsplan.

Sammanfattning
Riktlinjerna har setts över.
""",
        [
            ("att anta riktlinjer för föreningsbidrag", "recommended"),
            ("att upphäva riktlinjerna från 2019.", "recommended"),
            ("att uppdra åt förvaltningen att ta fram en informationsplan.", "assigned"),
        ],
    ),
    "the body's own proposal under a heading of its own, before Beslut": (
        "Kommunstyrelsen",
        """§ 13
Detaljplan för Kvarnen 3

Kommunstyrelsens förslag till kommunfullmäktige
1. Detaljplan för Kvarnen 3 antas.
2. Planavgift tas ut enligt taxa.

Kommunstyrelsens beslut
Samhällsbyggnadschefen får i uppdrag att teckna avtal.
""",
        [
            ("Detaljplan för Kvarnen 3 antas.", "recommended"),
            ("Planavgift tas ut enligt taxa.", "recommended"),
            ("Samhällsbyggnadschefen får i uppdrag att teckna avtal.", "assigned"),
        ],
    ),
    "another body's proposal with the same words is none": (
        "Kommunfullmäktige",
        """§ 14
Taxa för vatten
Kommunstyrelsens förslag till beslut
Taxan fastställs.
Yrkanden
Rut Sand (M) yrkar att taxan avslås.
Beslut
Kommunfullmäktige beslutar

att fastställa taxan,

att den gäller från den 1 januari 2032.
""",
        [("att fastställa taxan", "approved"), ("att den gäller från den 1 januari 2032.", "other")],
    ),
    "numbered points, their lead-in in att": (
        "Bygg- och miljönämnden",
        """§ 16 Björken 4 - bygglov för garage
Beslut
Bygg- och miljönämnden beslutar att:
1. bevilja bygglov med stöd av 9 kap. 30 § plan- och bygglagen (2010:900)
2. avgiften fastställs till 12 400 kronor
3. kontrollansvarig krävs inte

Skäl till beslut
Åtgärden följer detaljplanen.
""",
        [
            ("bevilja bygglov med stöd av 9 kap. 30 § plan- och bygglagen (2010:900)", "granted"),
            ("avgiften fastställs till 12 400 kronor", "approved"),
            ("kontrollansvarig krävs inte", "other"),
        ],
    ),
    "Beslut last, paragraphs": (
        "Socialnämnden",
        """§ 17 Uppföljning
Ärendebeskrivning
Förvaltningen har följt upp målen.
Förslag till beslut
Socialnämnden återremitterar ärendet.
Beslut
Socialnämnden godkänner uppföljningen.

Socialnämnden uppdrar åt förvaltningen att återkomma.
Beslutet skickas till
Kommunstyrelsen
""",
        [
            ("Socialnämnden godkänner uppföljningen.", "approved"),
            ("Socialnämnden uppdrar åt förvaltningen att återkomma.", "assigned"),
        ],
    ),
    "att A samt att B in running text": (
        "Kulturnämnden",
        (
            "§ 19 Bidrag\nBeslut: Kulturnämnden beslutar att bevilja Ungdomsteatern 75 000 kr samt att uppdra åt "
            "förvaltningen att följa upp bidraget.\n"
        ),
        [
            ("Kulturnämnden beslutar att bevilja Ungdomsteatern 75 000 kr", "granted"),
            ("att uppdra åt förvaltningen att följa upp bidraget.", "assigned"),
        ],
    ),
    "a task of two parts is one point": (
        "Kulturnämnden",
        "§ 19 Plan\nBeslut\nNämnden beslutar att uppdra åt chefen att ta fram en plan samt att informera nämnden.\n",
        [("Nämnden beslutar att uppdra åt chefen att ta fram en plan samt att informera nämnden.", "assigned")],
    ),
    "lead-ins that name whose proposal it was": (
        "Kommunstyrelsen",
        """§ 20 Årsrapport
Beslut

Enligt punkt 1 i kontorets förslag:
Årsrapporten godkänns.
På förslag av Rut Sand (M):
Punkterna 2-4 bordläggs till sammanträdet den 21 februari 2031.
Kommunstyrelsen tillstyrker yrkande från S och V den 2 februari 2031 och
föreslår att kommunfullmäktige beslutar:
1. Planen antas.
""",
        [
            ("Årsrapporten godkänns.", "approved"),
            ("Punkterna 2-4 bordläggs till sammanträdet den 21 februari 2031.", "tabled"),
            ("Planen antas.", "recommended"),
        ],
    ),
    "a heading of proposals right below Beslut is what the body proposes": (
        "Tekniska nämnden",
        """§ 21 Taxa
Beslut
Ny taxa godkänns.
Förslag till beslut i kommunfullmäktige
Ny taxa fastställs och börjar gälla 1 januari 2032.
Expedieras till
KS
""",
        [
            ("Ny taxa godkänns.", "approved"),
            ("Ny taxa fastställs och börjar gälla 1 januari 2032.", "recommended"),
        ],
    ),
    "a committee that only proposes": (
        "Arbetsutskottet",
        "§ 22 Budget\nBeslut\nArbetsutskottets förslag till beslut: Redovisningen godkänns.\n",
        [("Redovisningen godkänns.", "recommended")],
    ),
    "one word": ("Kommunstyrelsen", "§ 23 Ordning\nBeslut\nBordläggs.\n", [("Bordläggs.", "tabled")]),
    "a reference": (
        "Kommunstyrelsen",
        "§ 24 Skola\nBeslut\nKommunstyrelsen beslutar enligt arbetsutskottets förslag.\n",
        [("Kommunstyrelsen beslutar enligt arbetsutskottets förslag.", "approved")],
    ),
    "what a paragraph proposes goes on in the next": (
        "Fritidsnämnden",
        """§ 25 Taxa
Beslut
Fritidsnämnden föreslår kommunfullmäktige att anta taxan.

Taxan från 2021 upphör samtidigt att gälla.

Fritidsnämnden beslutar att självkostnaden ska vara likvärdig.
""",
        [
            ("Fritidsnämnden föreslår kommunfullmäktige att anta taxan.", "recommended"),
            ("Taxan från 2021 upphör samtidigt att gälla.", "recommended"),
            ("Fritidsnämnden beslutar att självkostnaden ska vara likvärdig.", "other"),
        ],
    ),
    "who takes no part is no decision": (
        "Kommunfullmäktige",
        """§ 26 Ansvarsfrihet
Beslut
Kommunfullmäktige beslutar:
- att styrelsen beviljas ansvarsfrihet för 2031.

I beslutet deltar ej ledamöter i styrelsen.
""",
        [("att styrelsen beviljas ansvarsfrihet för 2031.", "granted")],
    ),
    "nobody disqualified: taken down under Beslut": (
        "Kommunstyrelsen",
        "§ 27 Anmälan av jäv\nBeslut\n\nIngen av ledamöterna ansåg sig förhindrad att delta vid behandlingen.\n",
        [("Ingen av ledamöterna ansåg sig förhindrad att delta vid behandlingen.", "other")],
    ),
    "a list of papers below the decision": (
        "Kommunstyrelsen",
        "§ 28 Delegation\nBeslut\nRedovisningen godkänns.\nBeslutslista\n• 2031.276 KS-001 Avtal om arrende\n• 2031.280 KS-002 Avtal om drift\n",
        [("Redovisningen godkänns.", "approved")],
    ),
    "the Beslutsgång where Beslut holds none": (
        "Nämnden för Fritid",
        """§ 29 Information
Beslut

Sammanfattning av ärendet
Chefen informerar.
Beslutsgång
Ordföranden frågar om nämnden kan notera informationen, och finner att nämnden bifaller det.
""",
        [("Ordföranden frågar om nämnden kan notera informationen, och finner att nämnden bifaller det.", "noted")],
    ),
    "a step of procedure is none where Beslut holds one": (
        "Kommunstyrelsen",
        """§ 30 Skola
Beslutsgång
Ordföranden ställer förslagen mot varandra och finner att kommunstyrelsen beslutar att bifalla Bo Als förslag.
Beslut
Ärendet återremitteras.
""",
        [("Ärendet återremitteras.", "remanded")],
    ),
    "in the body's own name without a heading": (
        "Valnämnden",
        "§ 31 Meddelanden\nFöljande har inkommit:\n- Brev från länsstyrelsen\n- Cirkulär 31:4\n\nMeddelandena noteras.\n",
        [("Meddelandena noteras.", "noted")],
    ),
    "a whole sentence without a heading": (
        "Socialnämnden",
        "§ 32 Delegation\nSocialnämnden beslutar att lägga redovisningen till handlingarna.\n__________\n",
        [("Socialnämnden beslutar att lägga redovisningen till handlingarna.", "noted")],
    ),
    "information only: nothing is decided": (
        "Tekniska nämnden",
        "§ 33 Information\nA/ Cykelns dag\nB/ Ordföranden påminner om att nästa möte börjar kl. 8.30.\n",
        [],
    ),
    "a summary that says 'anses motionen besvarad' decides nothing": (
        "Kommunstyrelsens arbetsutskott",
        """§ 34 Motion om avhopp
Kommunstyrelsens arbetsutskotts beslut
Arbetsutskottet överlämnar ärendet till kommunstyrelsen utan eget ställningstagande.
Sammanfattning
Mot bakgrund av ovanstående anses motionen besvarad.
""",
        [("Arbetsutskottet överlämnar ärendet till kommunstyrelsen utan eget ställningstagande.", "referred")],
    ),
    "declared immediately adjusted, under Beslut": (
        "Socialnämnden",
        (
            "§ 35 Svar\nBeslut\n* Nämnden antar yttrandet.\n* Yttrandet översänds till revisionen.\n\n"
            "Protokollet under denna paragraf förklaras omedelbart justerat.\n"
        ),
        [
            ("Nämnden antar yttrandet.", "approved"),
            ("Yttrandet översänds till revisionen.", "referred"),
            ("Protokollet under denna paragraf förklaras omedelbart justerat.", "other"),
        ],
    ),
}
