"""Sources of every kind, and what they print, as rows of the record."""

PUBLISHERS = {  # source → publisher, tier, published on
    "city": ("Daegu Metropolitan City", "official", "2020-01"),
    "ministry": ("Ministry of Health and Welfare", "official", "2020-01"),
    "thesis": ("Journal of Tourism", "journal", "2020-01"),
    "donga": ("Dong-A Ilbo", "newspaper", "2020-01"),
    "imaeil": ("Maeil Shinmun", "newspaper", "2020-01"),
    "hankyung": ("Hankyung", "newspaper", "2020-01"),
    "hankyung-yonhap": ("Hankyung (Yonhap)", "newspaper", "2020-01"),
    "yeongnam-later": ("Yeongnam Ilbo", "newspaper", "2020-03-02"),
    "segye-undated": ("Segye Ilbo", "newspaper", ""),
    "blog": ("A blog", "other", "2020-01"),
    "map": ("Map agency", "official", "2021-01"),
    # The files that offices hand in stand for themselves: the intake names them so.
    "handed-in-city": ("Daegu Metropolitan City, health division", "official", "2026-11"),
    "handed-in-again": ("Daegu Metropolitan City, health division", "official", "2026-12"),
}
SELF = ["handed-in-city", "handed-in-again"]
COORDINATES_ONLY = ["map"]


def package(observations):
    sources = [
        {"source_id": name, "publisher": publisher, "tier": tier, "published_on": published}
        for name, (publisher, tier, published) in PUBLISHERS.items()
    ]
    roles = [{"source_id": name, "role": "coordinates_only"} for name in COORDINATES_ONLY]
    return {"sources": sources, "source_roles": roles, "observations": observations}


def claim(source, value, **others):
    return {"source_id": source, "value": str(value), **others}
