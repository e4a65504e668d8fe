"""The types of the record's columns that databases differ in: moments, sums, numbers of rows (kolumntyper)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric
from sqlalchemy.types import TypeDecorator

Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite, which has no zones, is given it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class _ExactOnSQLite(Numeric[Decimal]):
    """Handed over as text, which SQLite's NUMERIC column makes a number of: it sorts, adds, and comes back."""

    def bind_processor(self, dialect: Dialect) -> Any:
        return lambda value: None if value is None else format(value, "f")

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return lambda value: None if value is None else Decimal(str(value))


class Kronor(TypeDecorator[Decimal]):
    """A sum of money in kronor, with up to four decimals."""

    impl = Numeric(20, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(_ExactOnSQLite(20, 4) if dialect.name == "sqlite" else Numeric(20, 4))

    def process_result_value(self, value: Decimal | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else plain(value)


def plain(kronor: Decimal) -> Decimal:
    """The same sum without needless decimals or exponents.

    >>> plain(Decimal("750000.0000")), plain(Decimal("21.3600")), plain(Decimal("1.5E+6"))
    (Decimal('750000'), Decimal('21.36'), Decimal('1500000'))
    """
    return kronor.quantize(Decimal(1)) if kronor == kronor.to_integral_value() else kronor.normalize()
