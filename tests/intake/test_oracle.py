"""frictionless, an independent validator of Table Schema, finds the same rows bad."""

import json
from random import Random

import frictionless

from dashboard.contract import CITY_CONTRACTS

GOOD = {
    "metric": ["foreign_patients", "spending_krw"], "year": ["2024", "2000", "2040"],
    "period": ["annual", "half1"], "status": ["final", "estimate"],
    "region": ["KR-27", "KR", "KR-11;KR-26"],
    "nationality": ["MN", ""], "department": ["dermatology", ""],
    "institution_class": ["clinic", ""],
    "value": ["31183", "0", "6.5"], "unit": ["persons", "krw"], "approximate": ["true", "false"],
    "suspect": ["false"], "source_id": ["mohw", ""], "note": ["", "a note"],
}  # fmt: skip
BAD = {
    "metric": ["", "target_patients", "Foreign Patients!"], "year": ["1999", "2041", "20", "abc"],
    "period": ["weekly"], "status": ["target", "sure"],
    "region": ["KR-999", "", "Atlantis"],
    "nationality": ["Atlantis", "MNG"], "department": ["magic"], "institution_class": ["spaceship"],
    "value": ["", "many", "1.2.3"], "unit": ["miles"], "approximate": ["maybe"],
    "suspect": ["perhaps"],
}  # fmt: skip

OURS_ALONE = {"same-row", "fraction", "fraction-point", "unit-other"}
"""Rules that Table Schema cannot say: one thing twice, half a person, money counted in persons."""


def test_frictionless_agrees_on_the_bad_rows(door, csv_of, tmp_path, without_trial):
    random = Random(20261122)
    columns = list(GOOD)
    rows = []
    for number in range(400):
        row = {name: random.choice(values) for name, values in GOOD.items()}
        # Years and countries make every row a thing of its own.
        row["year"] = str(2000 + number % 41)
        row["nationality"] = ("MN", "CN", "JP", "US", "RU", "KZ", "VN", "TH", "UZ", "PH")[
            number // 41
        ]
        for name in random.sample(list(BAD), random.choice([0, 0, 0, 1, 2])):
            row[name] = random.choice(BAD[name])
        rows.append([row[name] for name in columns])
    content = csv_of([columns, *rows])
    checked = door.check(door.read("observations", "o.csv", content.encode()), "Kim")
    ours = {finding.line for finding in checked.findings if finding.rule not in OURS_ALONE}

    described = json.loads((CITY_CONTRACTS / "datapackage.json").read_text("utf-8"))
    schema = next(one["schema"] for one in described["resources"] if one["name"] == "observations")
    schema["fields"] = [field for field in schema["fields"] if field["name"] in columns]
    schema.pop("primaryKey")
    (tmp_path / "o.csv").write_text(content, encoding="utf-8")
    resource = frictionless.Resource(
        path="o.csv", basepath=str(tmp_path), schema=frictionless.Schema.from_descriptor(schema)
    )
    report = frictionless.validate(resource, limit_errors=100_000)
    theirs = {error.row_number for error in report.tasks[0].errors}
    assert theirs
    assert ours == theirs
    assert len(ours) < len(rows)
