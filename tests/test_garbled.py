"""Text layers that cannot be believed, and text that looks odd but is fine."""

import pytest

from extractors.garbled import why

SWEDISH = "Kommunfullmäktige beslutar att godkänna förslaget och att ge nämnden i uppdrag att återkomma på våren. " * 6
BAD = [
    (SWEDISH.translate(str.maketrans("åäöÅÄÖ", "      ")), "lost its å"),
    (SWEDISH.translate(str.maketrans("", "", "åäöÅÄÖ")), "lost its å"),
    (SWEDISH.encode().decode("cp1252", "replace"), "lost its å"),
    ("".join(chr(0xE000 + ord(char)) if char != " " else char for char in SWEDISH), "font map"),
    (
        "".join(chr((ord(char) - 97 + 3) % 26 + 97) if char.isascii() and char.isalpha() else char for char in SWEDISH),
        "font map",
    ),
    ("(cid:31)(cid:42)(cid:17) " * 60, "font map"),
]
FINE = [
    (SWEDISH, "Swedish"),
    ("The council of the region decided on the plan for the year and the budget that comes with it. " * 6, "English"),
    ("Socialnämnden 274 077 -427 273 600 9 192\n" * 40, "a table of sums"),
    ("\uf0b7 Nämnden antar planen för året och tackar för arbetet\n" * 20, "Word's bullets"),
    ("Beslt", "too short to tell"),
    (
        "Andersson Bengtsson Carlsson Davidsson Eriksson Fredriksson Gustafsson Hansson Isaksson Johansson " * 12,
        "names",
    ),
]


@pytest.mark.parametrize(("text", "reason"), BAD)
def test_garbled(text: str, reason: str) -> None:
    assert reason in (why(text) or "fine")


@pytest.mark.parametrize(("text", "what"), FINE)
def test_fine(text: str, what: str) -> None:
    assert why(text) is None, what
