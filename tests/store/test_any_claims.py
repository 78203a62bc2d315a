"""Any claims settle as the rule says, in any order."""

from datetime import date, timedelta
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.store.printed_claims import COORDINATES_ONLY, PUBLISHERS, SELF, claim, package

STATUSES = ["final", "provisional", "estimate", "expected"]
TIERS = ["official", "journal", "newspaper", "other"]
VALUES = [12988, 12000, 13000, 15000]
CLAIM = st.builds(
    claim,
    st.sampled_from(sorted(set(PUBLISHERS) - set(COORDINATES_ONLY))),
    st.sampled_from(VALUES),
    status=st.sampled_from(STATUSES),
    approximate=st.sampled_from(["true", "false"]),
    suspect=st.sampled_from(["false", "false", "true"]),
)


STEPS = ["status", "own office", "rounding", "tier", "publishers", "date", "id"]


def orders_by_hand(rows):
    """The rule as the specification words it: id of a candidate → its place in each step."""
    candidates = [row for row in rows if row["suspect"] == "false"]
    printed_by = {
        value: len(
            {
                PUBLISHERS[row["source_id"]][0].split(" (")[0]
                for row in candidates
                if row["value"] == value and row["source_id"] not in SELF
            }
        )
        for value in {row["value"] for row in candidates}
    }

    def age(row):
        """Days before the far future; an undated text is older than any."""
        written = PUBLISHERS[row["source_id"]][2] or "0001"
        year, month, day = [*(int(part) for part in written.split("-")), 1, 1][:3]
        return (date.max - date(year, month, day)) // timedelta(days=1)

    def order(row):
        return (
            STATUSES.index(row["status"]),
            row["source_id"] in SELF,
            row["approximate"] == "true",
            TIERS.index(PUBLISHERS[row["source_id"]][1]),
            -printed_by[row["value"]],
            age(row),
            row["observation_id"],
        )

    return {row["observation_id"]: order(row) for row in candidates}


def lost_by_hand(rows, orders, settled):
    """Id of a claim → the first step in which it is behind the settled one of another value."""
    values = {row["observation_id"]: row["value"] for row in rows}
    lost = {}
    for claim_id, value in values.items():
        if claim_id not in orders:
            lost[claim_id] = "error"
        elif value == values[settled]:
            lost[claim_id] = None
        else:
            pairs = zip(STEPS, orders[claim_id], orders[settled], strict=True)
            lost[claim_id] = next(step for step, mine, its in pairs if mine != its)
    return lost


def asked(record, metric):
    """The claims of one cell."""
    return record.ask("claims", {"metric": metric, "region": "KR-27", "year": 2019}).rows


def settled(record, metric):
    """The claims settled on in one cell."""
    return [row["claim_id"] for row in asked(record, metric) if row["is_settled"]]


def generated_cells(count):
    found = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    @given(st.lists(CLAIM, min_size=1, max_size=6))
    def collect(cell):
        found.append(cell)

    collect()
    return found


def test_any_claims_settle_as_the_rule_says_in_any_row_order(small_record):
    """80 generated cells go through two builds, the second with its rows shuffled."""
    by_metric = {f"cell_{number}": cell for number, cell in enumerate(generated_cells(80))}
    rows = [
        row | {"metric": metric, "observation_id": f"obs-{number:03}{place:02}"}
        for number, (metric, cell) in enumerate(by_metric.items())
        for place, row in enumerate(cell)
    ]
    shuffled = Random(1).sample(rows, len(rows))
    one, other = small_record(package(rows)), small_record(package(shuffled))
    for metric in by_metric:
        cell = [row for row in rows if row["metric"] == metric]
        orders = orders_by_hand(cell)
        by_hand = min(orders, key=orders.get, default=None)
        expected = [] if by_hand is None else [by_hand]
        assert settled(one, metric) == settled(other, metric) == expected
        lost = {row["claim_id"]: row["lost_at"] for row in asked(one, metric)}
        assert lost == lost_by_hand(cell, orders, by_hand)
