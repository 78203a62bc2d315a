"""Attempts to find a visit in protected counts, each by name: none leaves too few possibilities.

What is promised, and how often chance may break it, is derived in docs/personal_data.md.
"""

from functools import partial
from itertools import combinations

import pytest

from tests.store.attacker import LEAST, LEAST_OVER_BUILDS, Attack, City, Group, possible

MONTHS = tuple(f"2026-{month:02}" for month in range(1, 13))
COUNTRIES = ("CN", "JP", "MN", "US", "RU", "VN")
COUNTS = (0, 1, 2, 3, 7, 20)
OFTEN = (0.25, 0.2, 0.15, 0.15, 0.15, 0.1)
COLUMNS = {"institution_class": 1, "sex": 2, "is_first_visit": 2, "age_band": 4, "department": 6}
"""What `visits_by_column` asks for beside nationalities; of the first the files say nothing."""


def city_of(seed, months, countries, paying="some", with_payers=True, columns=()):
    """A first delivery, a quarter of whose cells are one or two visits."""
    city = City(seed, with_payers=with_payers, columns=dict(columns))
    cells = {}
    for month in MONTHS[:months]:
        for country in COUNTRIES[:countries]:
            visits = int(city.lot.choice(COUNTS, p=OFTEN))
            paid = {"all": visits, "none": 0, "some": int(city.lot.integers(0, visits + 1))}
            if visits:
                cells[month, country] = (visits, paid[paying])
    return city.hand_in("first", cells or {(MONTHS[0], COUNTRIES[0]): 1})


def small(seed):
    return city_of(seed, 3, 3, with_payers=False)


# ---- Attempts: seed → a city whose answers are attacked, and what is known from elsewhere


def crossing(seed, months, countries, paying="some"):
    return city_of(seed, months, countries, paying), {}


def columns_too(seed, months, countries):
    """The same visits by six columns as well."""
    return city_of(seed, months, countries, with_payers=False, columns=COLUMNS), {}


def years(seed, count):
    """Several years, of which the months are listed together."""
    city = City(seed)
    cells = {
        (f"{2026 - year}-0{month}", country): int(city.lot.choice(COUNTS[1:]))
        for year in range(count)
        for month in (1, 2)
        for country in COUNTRIES[:2]
    }
    return city.hand_in("first", cells), {}


def alone(seed, visits):
    """The same visits in a month and in a nationality: one country in one month."""
    return City(seed).hand_in("first", {(MONTHS[0], "MN"): visits}), {}


def knowing_months(seed):
    """Whoever knows all months but one, such as the hospitals of those months."""
    city = small(seed)
    months = [one for one in city.groups() if one.kind == "month"]
    return city, {("first", one): city.true(["first"], one)[0] for one in months[1:]}


def knowing_countries(seed):
    city = small(seed)
    countries = [one for one in city.groups() if one.kind == "country"]
    return city, {("first", one): city.true(["first"], one)[0] for one in countries[1:]}


def with_delivery(seed, cells, then=""):
    """One delivery more, taken back or handed in again."""
    city = small(seed).hand_in("more", cells)
    if "back" in then:
        city.take_back("more")
    if "again" in then:
        city.hand_in("again", cells).take_back("again").hand_in("third", cells)
    return city, {}


def replaced(seed, visits):
    """The first delivery replaced as complete, with so many visits more."""
    city = small(seed)
    cells = dict(city.deliveries["first"])
    place = next(iter(cells))
    cells[place] = tuple(one + visits for one in cells[place])
    return city.replace("first", "second", cells), {}


def reshaped(seed, way):
    """The same visits in other deliveries: halved, joined, or with other payments."""
    city = small(seed)
    cells = city.deliveries["first"]
    half = {cell: (visits // 2, 0) for cell, (visits, _paid) in cells.items()}
    rest = {cell: (visits - visits // 2, 0) for cell, (visits, _paid) in cells.items()}
    if way == "halved":
        city.replace("first", "half", half).hand_in("rest", rest)
    elif way == "joined":
        city.take_back("first").hand_in("half", half).hand_in("rest", rest)
        city.take_back("half").replace("rest", "whole", cells)
    else:
        for time in range(4):
            corrected = {cell: (visits, visits * (time % 2)) for cell, (visits, _) in cells.items()}
            city.replace(city.in_force[0], f"correction {time}", corrected)
    return city, {}


def chain(seed, steps, visits=1):
    """Delivery after delivery of one visit to the same month and country."""
    city = small(seed)
    for step in range(steps):
        city.hand_in(f"step {step}", {(MONTHS[0], "CN"): visits})
    return city, {}


def knowing_steps(seed, steps):
    """The same, by whoever knows that each of them is of one visit."""
    city, _known = chain(seed, steps)
    groups = [Group("month", MONTHS[0]), Group("country", "2026 CN")]
    return city, {(f"step {step}", group): 1 for step in range(steps) for group in groups}


def subsets(seed, count):
    """Deliveries taken back one by one, so that every few of them were in force together."""
    city = small(seed)
    for name in "abc"[:count]:
        city.hand_in(
            name, {(MONTHS[int(city.lot.integers(3))], "JP"): int(city.lot.integers(1, 3))}
        )
    for size in range(count):
        for kept in combinations("abc"[:count], size):
            city.in_force = ("first", *kept)
            city._publish()
    return city, {}


ONE_BUILD = {
    **{
        f"crossing {months} months with {countries} nationalities, {paying} paying": partial(
            crossing, months=months, countries=countries, paying=paying
        )
        for months, countries in ((1, 2), (2, 1), (2, 2), (2, 4), (4, 2), (4, 4), (12, 6))
        for paying in ("all", "some", "none")
    },
    **{
        f"six columns of {months} months with {countries} nationalities": partial(
            columns_too, months=months, countries=countries
        )
        for months, countries in ((1, 1), (1, 4), (3, 3))
    },
    **{f"crossing {count} years": partial(years, count=count) for count in (2, 3)},
    **{
        f"the same visits in two cells: {visits}": partial(alone, visits=visits)
        for visits in (1, 2, 3, 4, 7, 40)
    },
    "knowing all months but one": knowing_months,
    "knowing all nationalities but one": knowing_countries,
}
NEW_COUNTRY, NEW_MONTH, BOTH = (MONTHS[0], "TH"), (MONTHS[5], "CN"), (MONTHS[5], "TH")
SEVERAL_BUILDS = {
    **{
        f"differencing by {name}, {visits} visits{then and ', ' + then}": partial(
            with_delivery, cells={place: visits}, then=then
        )
        for name, place in (
            ("a new nationality", NEW_COUNTRY), ("a new month", NEW_MONTH), ("both", BOTH)
        )
        for visits, then in ((1, ""), (2, ""), (1, "taken back"), (1, "taken back and again"))
    },
    **{f"replaced with {visits} more": partial(replaced, visits=visits) for visits in (0, 1, 3)},
    **{f"the same visits {way}": partial(reshaped, way=way)
       for way in ("halved", "joined", "corrected four times")},
    **{f"a chain of {steps} single visits": partial(chain, steps=steps) for steps in (2, 4, 8)},
    **{f"knowing each of {steps} single visits": partial(knowing_steps, steps=steps)
       for steps in (1, 2, 3)},
    **{f"every few of {count} deliveries": partial(subsets, count=count) for count in (2, 3)},
}  # fmt: skip
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))]


def fewest(city, known, snapshots=None):
    """The fewest possibilities of any count that the attacker does not know from elsewhere."""
    told = {group for _name, group in known}
    found = Attack(city, known).possibilities(snapshots)
    return min((left for (_of, group), left in found.items() if group not in told), default=99)


@pytest.mark.parametrize("name", ONE_BUILD)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answers_of_one_build_leave_four_possibilities(name, seed):
    assert fewest(*ONE_BUILD[name](seed)) >= LEAST


@pytest.mark.parametrize("name", SEVERAL_BUILDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answers_of_all_builds_leave_two_possibilities(name, seed):
    city, known = SEVERAL_BUILDS[name](seed)
    ends = [city.snapshots[0], city.snapshots[-1]]
    assert fewest(city, known, ends) >= LEAST_OVER_BUILDS


# ---- Nothing drawn anew: no mean to take


@pytest.mark.parametrize("way", ["halved", "joined", "corrected four times"])
@pytest.mark.parametrize("lot", range(5))
def test_the_same_visits_show_the_same_however_they_are_handed_in(way, lot):
    city, _known = reshaped(lot, way)
    groups = city.groups()

    def counts(names):
        return tuple(city.true(names, group) for group in groups)

    first = city.snapshots[0]
    again = [one for one in city.snapshots[1:] if counts(one.in_force) == counts(first.in_force)]
    assert again
    assert all(one.shown == first.shown for one in again)


@pytest.mark.parametrize("other", [2, 5, 10])
@pytest.mark.parametrize("count", [1, 2, 3, 8, 40])
def test_another_threshold_leaves_two_possibilities(count, other):
    """Whoever kept what the same visits showed under both of them, in 40 workspaces."""
    for seed in range(40):
        found = set(range(200))
        for threshold in (3, other):
            city = City(seed, threshold).hand_in("first", {(MONTHS[0], "MN"): count})
            shown = city.snapshots[0].shown[Group("month", MONTHS[0])]
            found &= set(possible(shown, threshold))
        assert count in found
        assert len(found) >= LEAST_OVER_BUILDS


# ---- A campaign of random records


def random_record(lot):
    """Five random deliveries, taken back and replaced at random; of every fifth six columns too."""
    city = City(1_000 + lot, columns={} if lot % 5 else COLUMNS)
    for step in range(5):
        cells = {}
        for month in MONTHS[:3]:
            for country in COUNTRIES[:3]:
                visits = int(city.lot.choice(COUNTS, p=OFTEN))
                if visits:
                    cells[month, country] = (visits, int(city.lot.integers(0, visits + 1)))
        if city.in_force and city.lot.random() < 0.3:
            city.take_back(str(city.lot.choice(city.in_force)))
        if city.in_force and city.lot.random() < 0.3:
            city.replace(str(city.lot.choice(city.in_force)), f"d{step}", cells)
        else:
            city.hand_in(f"d{step}", cells)
    return city


@pytest.mark.long
@pytest.mark.parametrize("lot", range(60))
def test_a_campaign_of_random_records(lot):
    """Every count of every build."""
    assert fewest(random_record(lot), {}) >= LEAST_OVER_BUILDS
