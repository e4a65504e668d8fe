"""What a page says, in Swedish or English (ord): words, counts, names of kinds and outcomes, days, sums."""

from __future__ import annotations

import tomllib
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

LANGUAGES = ("sv", "en")
_HERE = ZoneInfo("Europe/Stockholm")
_FIXED = "\N{NO-BREAK SPACE}"


class Words:
    """The words of one language: `search_api/words/{sv,en}.toml`, a table per page, the same names in both.

    In a template it is `t`: t("search.title"), t.count("all.items", 3), t.day("2026-06-15").
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _read(language)

    def __call__(self, name: str, **told: object) -> str:
        """A word or sentence, with what is told put in: t("search.without", what="Ystad")."""
        text = self._words[name]
        return text.format(**told) if told else text

    def count(self, name: str, number: int, **told: object) -> str:
        """Something counted: count("all.items", 1) is "1 §" (the name with "_one"), of 2 "2 §§"."""
        return self(f"{name}_one" if number == 1 else name, n=self.number(number), **told)

    def label(self, kind: str, value: object) -> str:
        """The name of a value: label("outcome", "approved") is "Bifall"; what has none is called by itself."""
        return self._words.get(f"{kind}.{value}", str(value))

    def day(self, date: str | None) -> str:
        """A date as it is written out: "15 juni 2026"; a month or a year alone as far as it goes."""
        parts = (date or "").split("-")
        months = self._words["all.months"].split()
        if len(parts) < 2 or not parts[1].isdigit() or not 1 <= int(parts[1]) <= 12:
            return date or ""
        day = [str(int(parts[2]))] if len(parts) > 2 and parts[2].isdigit() else []
        return _FIXED.join([*day, months[int(parts[1]) - 1], parts[0]])

    def month(self, told: str) -> str:
        """A month or a year, short enough for a scale.

        >>> Words("sv").month("2024-11"), Words("en").month("2024")
        ('nov\\xa02024', '2024')
        """
        name, _, rest = self.day(told).partition(_FIXED)
        return f"{name[:3]}{_FIXED}{rest}" if rest else name

    def moment(self, when: datetime) -> str:
        """A moment in Swedish time: "15 juni 2026 kl. 09.30"."""
        here = when.astimezone(_HERE)
        return self("all.moment", day=self.day(here.date().isoformat()), hour=f"{here:%H}", minute=f"{here:%M}")

    def number(self, number: int) -> str:
        """A number with its thousands apart."""
        return f"{number:,}".replace(",", self._words["all.thousands"])

    def kronor(self, sums: object) -> str:
        """A sum of kronor, or the least and the largest of several, rising.

        >>> Words("sv").kronor([250000.0]), Words("sv").kronor([100.5, 4500000])
        ('250\\u202f000\\xa0kr', '100,50–4\\u202f500\\u202f000\\xa0kr')
        """
        several = list(sums) if isinstance(sums, list | tuple) else [sums]
        ends = [several[0], several[-1]] if len(several) > 1 and several[0] != several[-1] else several[:1]
        return self("all.kronor", sum="–".join(self._sum(each) for each in ends))

    def _sum(self, kronor: object) -> str:
        exact = Decimal(str(kronor)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        whole, part = f"{exact:.2f}".split(".")
        told = self.number(int(whole))
        return told if part == "00" else f"{told}{self._words['all.decimal']}{part}"


@cache
def _read(language: str) -> dict[str, str]:
    """All words of a language: {"search.button": "Sök"}."""
    told = tomllib.loads((files("search_api") / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{page}.{name}": text for page, names in told.items() for name, text in names.items()}
