"""An attacker on protected counts: has every answer of every snapshot, and knows the public rule.

A city is made up: deliveries of visits, handed in, taken back, replaced. What everybody sees after
each step is computed by the product's own rule. The attacker sets up all that these answers and the
list of deliveries say, as an integer programme: which delivery counts at which snapshot is public,
what is in it is not. For each count it computes the least and the most that agrees with everything.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from dashboard.settings import PROJECT_ROOT
from dashboard.store.protection import KEYS, SHARES, protected_count

LEAST = 4
"""What the guide promises of the answers of one build: so many true counts agree with them."""
LEAST_OVER_BUILDS = 2
"""The same of the answers of all builds together."""


class Group(NamedTuple):
    """What one row of an answer counts: the visits, or those that paid, of a month or country.

    Or of a value of a further column, in a year, as `visits_by_column` does.
    """

    kind: str
    name: str
    what: str = "visits"

    @property
    def year(self):
        return self.name[:4]

    def has(self, month, country, values):
        """Whether it counts the visits of this month and country, and value of each column."""
        if self.kind == "month":
            return self.name == month
        value = country if self.kind == "country" else values[self.kind]
        return self.name == f"{month[:4]} {value}"


@dataclass
class Snapshot:
    """What everybody sees: which deliveries count, and each row's count; 0 without a row."""

    in_force: frozenset
    shown: dict


@dataclass
class City:
    """Deliveries of visits: month and country → visits and how many of them paid.

    Each visit has a value of each further column, drawn by lot; one of one value is a column that
    the files do not say.
    """

    seed: int = 0
    threshold: int = 3
    with_payers: bool = True
    columns: dict = field(default_factory=dict)
    """Further column → how many values it has."""
    deliveries: dict = field(default_factory=dict)
    in_force: tuple = ()
    snapshots: list = field(default_factory=list)
    keys: dict = field(default_factory=dict)
    visits: dict = field(default_factory=dict)

    def __post_init__(self):
        self.lot = np.random.default_rng(self.seed)
        self.secret = self.seed.to_bytes(32)

    def hand_in(self, name, cells):
        """A further delivery; a plain number is of visits that all paid."""
        self.deliveries[name] = {
            cell: (count, count) if isinstance(count, int) else count
            for cell, count in cells.items()
        }
        self.visits[name] = Counter(
            (
                cell,
                tuple(int(self.lot.integers(count)) for count in self.columns.values()),
                at < paid,
            )
            for cell, (count, paid) in self.deliveries[name].items()
            for at in range(count)
        )
        self.in_force = (*self.in_force, name)
        return self._publish()

    def take_back(self, name):
        self.in_force = tuple(one for one in self.in_force if one != name)
        return self._publish()

    def replace(self, name, by, cells):
        """As complete: the former delivery counts no more."""
        self.in_force = tuple(one for one in self.in_force if one != name)
        return self.hand_in(by, cells)

    def key(self, cell):
        if cell not in self.keys:
            self.keys[cell] = int(self.lot.integers(0, KEYS))
        return self.keys[cell]

    def groups(self):
        """All that any row could count, also what is shown nowhere."""
        cells = sorted({cell for one in self.deliveries.values() for cell in one})
        years = {month[:4] for month, _country in cells}
        columns = {
            column: {f"{year} {value}" for year in years for value in range(count)}
            for column, count in self.columns.items()
        }
        return [
            Group(kind, name, what)
            for what in ("visits", "payers")[: 1 + self.with_payers]
            for kind, names in (
                ("month", {month for month, _country in cells}),
                ("country", {f"{month[:4]} {country}" for month, country in cells}),
                *columns.items(),
            )
            for name in sorted(names)
        ]

    def true(self, names, group):
        """Visits of a group in these deliveries, and the key of its cell."""
        count = key = 0
        for name in names:
            for (cell, values, is_paid), visits in self.visits[name].items():
                named = dict(zip(self.columns, values, strict=True))
                if group.has(*cell, named) and (is_paid or group.what == "visits"):
                    count += visits
                    key += visits * self.key(cell)
        return count, key % KEYS

    def _publish(self):
        shown = {}
        for group in self.groups():
            count, key = self.true(self.in_force, group)
            shown[group] = protected_count(count, key, self.threshold, self.secret)
        for group in list(shown):
            # A row that shows no visit is none: it says nothing of who paid either.
            if group.what == "payers" and not shown[group._replace(what="visits")]:
                shown[group] = None
        self.snapshots.append(Snapshot(frozenset(self.in_force), shown))
        return self


@cache
def table():
    """The public table: threshold → true count → its changes, each with its parts of the keys."""
    found = defaultdict(dict)
    path = PROJECT_ROOT / "data" / "protection" / "perturbation_table.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            parts = found[int(line["threshold"])].setdefault(int(line["count"]), {})
            parts[int(line["change"])] = int(line["parts"])
    return found


def changes(count, threshold):
    """Change of a true count of one or more → its share of the keys."""
    rows = table()[threshold]
    return {one: part / SHARES for one, part in rows[min(count, max(rows))].items()}


@cache
def possible(shown, threshold):
    """The true counts that the public table can show as this one."""
    return [
        count
        for count in range(max(0, shown - 40), shown + 41)
        if (shown == 0 if count == 0 else shown - count in changes(count, threshold))
    ]


class Attack:
    """All that a viewer of a city can conclude.

    Args:
        city: of which only what is public is used, and the names of its months and countries.
        known: delivery and group → the true count, of an attacker who knows it from elsewhere.
    """

    def __init__(self, city, known=None):
        self.city = city
        self.groups = city.groups()
        self.names = list(city.deliveries)
        self.place = {
            pair: at
            for at, pair in enumerate((name, group) for name in self.names for group in self.groups)
        }
        self.said = {}
        for snapshot in city.snapshots:
            self._answers(snapshot)
        self._differences()
        self._wholes()
        for (name, group), count in (known or {}).items():
            self._say({self.place[name, group]: 1}, count, count)
        rows = np.zeros((len(self.said), len(self.place)))
        for row, terms in zip(rows, self.said, strict=True):
            for at, factor in terms:
                row[at] = factor
        low, high = zip(*self.said.values(), strict=True)
        self.programme = LinearConstraint(csr_array(rows), low, high)

    def _say(self, terms, low, high):
        terms = tuple(sorted(terms.items()))
        former = self.said.get(terms, (-np.inf, np.inf))
        self.said[terms] = max(low, former[0]), min(high, former[1])

    def _sum(self, names, group):
        return {self.place[name, group]: 1 for name in names}

    def _answers(self, snapshot):
        for group, shown in snapshot.shown.items():
            if shown is not None:
                fit = possible(shown, self.city.threshold)
                self._say(self._sum(snapshot.in_force, group), fit[0], fit[-1])

    def _differences(self):
        """A count that shows otherwise with one delivery more has a visit of it, or more."""
        for more in self.city.snapshots:
            for less in self.city.snapshots:
                extra = more.in_force - less.in_force
                if len(extra) == 1 and less.in_force < more.in_force:
                    for group, shown in more.shown.items():
                        former = less.shown.get(group, 0)
                        if None not in (shown, former) and shown != former:
                            self._say(self._sum(extra, group), 1, np.inf)

    def _wholes(self):
        """Months, countries and each column of a year add up to the same; who pays has a visit."""
        partitions = ["country", *self.city.columns]
        for name in self.names:
            sums = defaultdict(dict)
            for group in self.groups:
                for kind in partitions if group.kind == "month" else [group.kind]:
                    sign = 1 if group.kind == "month" else -1
                    sums[group.year, group.what, kind][self.place[name, group]] = sign
                if group.what == "payers":
                    visits = self.place[name, group._replace(what="visits")]
                    self._say({visits: 1, self.place[name, group]: -1}, 0, np.inf)
            for terms in sums.values():
                self._say(terms, 0, 0)

    def left(self, names, group):
        """The least and the most visits of a group in these deliveries."""
        asked = np.zeros(len(self.place))
        for name in names:
            asked[self.place[name, group]] = 1
        ends = []
        for sign in (1, -1):
            optimum = milp(
                sign * asked,
                constraints=self.programme,
                integrality=np.ones(len(asked)),
                bounds=Bounds(0, np.inf),
            )
            assert optimum.status in (0, 3), optimum.message
            ends.append(round(sign * optimum.fun) if optimum.status == 0 else sign * -np.inf)
        return tuple(ends)

    def possibilities(self, snapshots=None):
        """Group and deliveries → how many true counts agree with everything; the true one does."""
        found = {}
        for snapshot in snapshots or self.city.snapshots:
            for group in self.groups:
                count, _key = self.city.true(snapshot.in_force, group)
                place = (tuple(sorted(snapshot.in_force)), group)
                if count and place not in found:
                    low, high = self.left(snapshot.in_force, group)
                    assert low <= count <= high, (group, low, count, high)
                    found[place] = high - low + 1
        return found
