"""Main text and data of web pages."""

from extractors.text import canonical

PAGE = """<!doctype html><html lang="sv"><head><title>Ny park på torget - Lidevads kommun</title>
<link rel="canonical" href="https://lidevad.example/nyheter/park">
<meta property="article:published_time" content="2031-05-04T08:00:00+02:00"></head>
<body><header><nav><ul><li><a href="/">Start</a></li>
<li><a href="/nyheter">Nyheter</a></li></ul></nav></header>
<main><h1>Ny park på torget</h1><p>Publicerad 4 maj 2031</p>
<p>Tekniska nämnden beslutade på torsdagen att bevilja 350&nbsp;000 kronor till en ny park mitt på det gamla
torget.</p>
<h2>Tre beslut</h2>
<ul><li>Parken byggs under hösten och står klar till nästa sommar.</li><li>Bänkarna blir fler än i dag,
och alla får ryggstöd.</li></ul>
<table><tr><th>Del</th><th>Kronor</th></tr><tr><td>Bänkar</td><td>50 000</td></tr></table>
<p>– Det blir en plats för alla åldrar, säger Anna Ek (S), ordförande i tekniska nämnden, som hoppas på en
fin sommar.</p>
</main><footer><p>Lidevads kommun, Storgatan 1, växel 0123-45 67 89</p><p>Om webbplatsen och kakor</p></footer>
<script>var beslut = "dold";</script></body></html>"""


def test_main_text_with_heading_date_list_and_table() -> None:
    text = canonical(PAGE.encode()).text
    assert text.startswith("Ny park på torget\n\nPublicerad 4 maj 2031\n\nTekniska nämnden beslutade")
    assert "350 000 kronor" in text
    assert "• Parken byggs" in text
    assert "Bänkar\t50 000" in text
    assert text.endswith("en fin sommar.")
    assert "kakor" not in text and "dold" not in text and "Start" not in text


def test_what_an_extract_says_above_its_heading_stays() -> None:
    page = PAGE.replace("<main><h1>", "<main><p>Tekniska nämnden</p><p>Sammanträdesdatum: 2031-05-04</p><h1>")
    assert canonical(page.encode()).text.startswith("Tekniska nämnden\n\nSammanträdesdatum: 2031-05-04\n\nNy park")


def test_what_the_page_says_of_itself() -> None:
    text = canonical(PAGE.encode("utf-16"))
    assert text.meta["title"] == "Ny park på torget - Lidevads kommun"
    assert text.meta["site"] == "Lidevads kommun"
    assert text.meta["published"] == "2031-05-04"
    assert text.meta["url"] == "https://lidevad.example/nyheter/park"
    assert [text.text[start:end] for start, end in text.bold] == ["Ny park på torget", "Tre beslut"]


def test_a_short_page_that_speaks_of_errors_is_no_error_page() -> None:
    page = "<html><title>Nytt</title><h1>Nytt i socialnämnden</h1><p>Nämnden antog en plan för 2031.</p></html>"
    assert "Nämnden antog en plan" in canonical(page.encode()).text
