"""Made-up visits by the million, as a city would hand them in: the same for the same seed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

_PIECE = 1 << 18
"""Rows that are made at once, so that any number of them takes the same memory."""
_REGIONS = ("KR-27", "KR-11", "KR-26", "KR-28", "KR-29", "KR-30", "KR-31", "KR-50",
            "KR-41", "KR-42", "KR-43", "KR-44", "KR-45", "KR-46", "KR-47", "KR-48",
            "KR-49")  # fmt: skip
_NATIONALITIES = ("CN", "JP", "US", "MN", "VN", "TH", "RU", "TW", "KZ", "UZ", "PH", "ID", "SG",
                  "HK", "MY", "CA", "AU", "GB", "AE", "IN", "DE", "FR", "KG", "MM", "KH", "BD",
                  "NP", "LK", "PK", "SA", "QA", "KW", "TR", "UA", "IT", "ES", "NL", "NZ", "BR",
                  "MX", "EG", "NG", "ZA", "PL", "SE", "CH", "BE", "AT", "FI", "NO", "DK", "IE",
                  "PT", "GR", "CZ", "HU", "RO", "IL", "IR", "IQ", "JO", "LA")  # fmt: skip
_COLUMNS = {
    "department": ("dermatology", "plastic_surgery", "internal_medicine", "health_checkup",
                   "dentistry", "orthopedics", "ophthalmology", "korean_medicine", "obgyn",
                   "ent", "urology", "neurosurgery", "family_medicine"),
    "sex": ("female", "male"),
    "age_band": ("30-39", "20-29", "40-49", "50-59", "60-69", "10-19", "70-79", "0-9", "80+"),
    "is_first_visit": ("true", "false"),
}  # fmt: skip
_CLASSES = ("clinic", "hospital", "general_hospital", "tertiary_hospital", "dental_clinic",
            "korean_medicine_clinic")  # fmt: skip
_Places: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
_FIRST_YEAR = 2010
_PAYING = 0.9
_LEAST_KRW = 10_000


def generate_visits(
    path: Path, rows: int, institutions: int, nationalities: int, years: int, seed: int
) -> None:
    """Write a CSV file of visits: every institution in one region, days evenly from 2010 on.

    Nationalities and whatever else is a code come the more often the earlier they stand in their
    list; nine of ten visits have a spending, which is log-normal.

    Args:
        path: the file.
        rows: how many visits.
        institutions: how many there are, spread over 17 regions in turn.
        nationalities: how many there are, 62 at most.
        years: how many, by day.
        seed: of the random numbers.

    Raises:
        ValueError: there are not so many nationalities.
    """
    if nationalities > len(_NATIONALITIES):
        raise ValueError(f"{len(_NATIONALITIES)} nationalities at most")
    random = np.random.default_rng(seed)
    days = np.arange(f"{_FIRST_YEAR}", f"{_FIRST_YEAR + years}", dtype="datetime64[D]")
    dates = pa.array([day.isoformat() for day in days.astype(date)])
    schema = pa.schema([(name, pa.string()) for name in _names()])
    options = pa_csv.WriteOptions(quoting_style="none")
    with pa_csv.CSVWriter(path, schema, write_options=options) as writer:
        for start in range(0, rows, _PIECE):
            size = min(_PIECE, rows - start)
            place = random.integers(institutions, size=size)
            columns = {
                "visited_on": dates.take(pa.array(random.integers(len(days), size=size))),
                "region": _of_place(_REGIONS, place),
                "institution": pa.array([f"Hospital {n:04}" for n in range(institutions)]).take(
                    pa.array(place)
                ),
                "institution_class": _of_place(_CLASSES, place),
                "nationality": _skewed(random, _NATIONALITIES[:nationalities], size),
                "spending_krw": _spending(random, size),
            }
            columns |= {name: _skewed(random, codes, size) for name, codes in _COLUMNS.items()}
            writer.write_table(pa.table([columns[name] for name in schema.names], schema=schema))


def _names() -> tuple[str, ...]:
    return ("visited_on", "region", "institution", "nationality", "department",
            "institution_class", "sex", "age_band", "is_first_visit", "spending_krw")  # fmt: skip


def _of_place(codes: Sequence[str], place: _Places) -> pa.Array:
    """What each institution has: the codes in turn."""
    return pa.array(codes).take(pa.array(place % len(codes)))


def _skewed(random: np.random.Generator, codes: Sequence[str], size: int) -> pa.Array:
    """Codes, each by one part less often than the one before: 1, 1/2, 1/3 and so on."""
    weights = 1 / np.arange(1, len(codes) + 1)
    drawn = random.choice(len(codes), size=size, p=weights / weights.sum())
    return pa.array(codes).take(pa.array(drawn))


def _spending(random: np.random.Generator, size: int) -> pa.Array:
    """Won, to whole hundreds; blank where nothing is known."""
    paid = _LEAST_KRW + (random.lognormal(13, 1, size) // 100 * 100).astype(np.int64)
    texts = pa.array(paid).cast(pa.string())
    return pc.if_else(pa.array(random.random(size) < _PAYING), texts, "")
