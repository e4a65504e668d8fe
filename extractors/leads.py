"""Lead-ins above points (ingresser): "Kommunfullmäktige beslutar:", "Förslag till beslut i kommunfullmäktige"."""

from __future__ import annotations

import re

LONGEST = 400  # characters: no lead-in is longer
DRESS = re.compile(r"^[#*_>\s]+|[*_\s]+$")
END = re.compile(r"[.!?…](?:[”\"')\]]|\s*\))?$")
_NUMBER = r"§ ?\d+(?: ?[a-z]\b)?"
_GOES_ON = re.compile(  # "forts. § 71", at the top of a page
    rf"^\W*(?:forts(?:ättning|\.)?\W*(?:på |av |från )?{_NUMBER}|{_NUMBER}\W*forts(?:ättning|\.)?)\W*$",
    re.MULTILINE | re.IGNORECASE,
)
_LEAD_END = re.compile(
    r"""(?:^|\b)(?:
    beslut(?:ar|ade|at|a|et|en)?                                    # Kommunfullmäktige beslutar
      (?:\s(?:att|följande|enligt\sföljande|därefter|således|härefter|därför|dessutom|även|vidare|för\segen\sdel|i\särendet
          |att\sföreslå\s[\w\s,&-]+?|för\sdet\segna\sansvarsområdet))*
    | (?:föreslår?|hemställ(?:er|a)|rekommenderar?)\s(?:hos\s|till\s|att\s|för\s)*   # föreslår kommunstyrelsen att
      (?:[\w-]+\s){0,3}?[\w-]*(?:fullmäktige|styrelsen|nämnden|utskottet|direktionen)(?:\satt)?
    | (?:yrkar|yrkas)(?:\s(?:därför|följande|på\sföljande|att))*               # Rut Sand (M) yrkar
    | (?:beslutar|beslutade)\s(?:[\w-]+\s){0,3}?[\w-]*(?:fullmäktige|styrelsen|nämnden|utskottet|direktionen)
      (?:\s(?:också|även|vidare))?(?:\satt|\sföljande)              # För egen del beslutar nämnden att
    | (?:beslutar|beslutade)\s(?:(?:också|även|vidare)\s)?(?:för\segen\sdel)?,?
      \sunder\s(?:den\s)?förutsättning[^.:]{3,90},\satt
    | för\segen\sdel
    | egna?\sbeslut
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
# Without a colon a noun leads in only as a heading: "Nämndens beslut", not "enligt nämndens beslut" at a line's end.
_NOUN = re.compile(r"\bbeslut(?:et|en|at)?$", re.IGNORECASE)
_NOUN_ALONE = re.compile(r"(?:[\w&-]+,?\s){0,6}?beslut(?:et|en)?$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:enligt|enlighet|med|av|till|genom|efter|utifrån|mot|från|om|på|inför|utan|vid|hos)\s")
VERB_ONLY = re.compile(r"(?:att\s)?beslut(?:a|ar|ade)(?:\satt)?$", re.IGNORECASE)  # the rest of a broken lead-in
_LAST_WORD = re.compile(  # how a lead-in without a colon can end; quick to see
    r"(?:beslut\w*|yrka[rs]|att|följande|därefter|således|härefter|därför|dessutom|även|vidare|del|ärendet|förslag|fullmäktige|styrelsen"
    r"|nämnden|utskottet|direktionen|ansvarsområdet|\bförslag\b.*)$",
    re.IGNORECASE,
)
_COLON_LEAD = re.compile(
    r"^(?:enligt|på\sförslag\sav|efter\sförslag|i\senlighet\smed|med\sbifall|bifall\still|med\sanledning|mot\sbakgrund|med\savslag|med\sändring)\b"
    r"|\b(?:besluta[rd]?e?|beslut)\s(?:\w+\s)?(?:enligt|i\senlighet\smed)\b(?!.*\b(?:godkänns|antas|fastställs|avslås)\b)",
    re.IGNORECASE,
)
_HEADING_LEAD = re.compile(
    r"""^(?!enligt|på\s|i\senlighet)(?:[\w\s,&-]{0,60}s\s)?förslag
        (?:\still\sbeslut(?:\s(?:i|till|för|hos|av)\s[\w\s,&-]{3,70})?
         |\s(?:i|till)\s(?:[\w-]+\s){0,3}?[\w-]*(?:fullmäktige|styrelsen|nämnden|utskottet|direktionen))?$
    | ^(?:[\w\s,&-]{0,60}\s)?beslut\sför\segen\sdel$""",
    re.VERBOSE | re.IGNORECASE,
)
_FINITE_ATT = re.compile(r"\b(?:beslutar|beslutade|föreslår|hemställer)(?:\s[\w-]+){0,4}\satt\s+\S", re.IGNORECASE)


def fold(text: str) -> str:
    """Words with single spaces between them, without Markdown's stars.

    >>> fold("**godkänna** \\n nämndens  budget")
    'godkänna nämndens budget'
    """
    if "orts" in text:
        text = _GOES_ON.sub("", text)
    return " ".join(re.sub(r"\*\*|__", "", text).split())


def is_lead(words: str, colon: bool | None = None) -> bool:
    """Whether these words only lead in the points under them.

    >>> is_lead("Kommunfullmäktige beslutar:"), is_lead("Enligt kontorets förslag:"), is_lead("Planen antas:")
    (True, True, False)
    """
    words = re.sub(r"\bföljande\.$", "följande:", DRESS.sub("", words))
    colon = words.endswith((":", ";")) if colon is None else colon
    words = words.rstrip(":; ").strip()
    if len(words) > LONGEST or END.search(words) or not (colon or _LAST_WORD.search(words)):
        return False
    if not colon and _NOUN.search(words) and (_PREPOSITION.search(words) or not _NOUN_ALONE.match(words)):
        return False
    if _HEADING_LEAD.match(words) or (_LEAD_END.search(words[-160:]) and (colon or len(words) < 160)):
        return not re.search(r"\b(?:ska|skall|bör|kan|som)\s(?:\w+\s)?beslut", words, re.IGNORECASE)
    if not colon or _FINITE_ATT.search(words):
        return False
    return bool(_COLON_LEAD.search(words))


def inline_lead(text: str) -> int:
    """How long the lead-in is that begins this text, 0 where none does: "Nämnden beslutar: Planen antas."."""
    colon = text.find(":", 0, 300)
    return colon + 1 if colon > 0 and text[colon + 1 :].strip() and is_lead(fold(text[: colon + 1])) else 0
