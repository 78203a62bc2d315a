"""Lots for equal scores: proposed, confirmed, drawn again, and for whom they count."""

from dataclasses import replace

import pytest

from dashboard.content.document import Table
from dashboard.content.panel_versions import lot_sections
from dashboard.errors import JudgingRefused
from dashboard.judging.objecting import Opening
from dashboard.judging.proposed import Change, Proposal, ProposalStatus
from dashboard.judging.streams import panel_stream
from dashboard.judging.verification import verify_round
from dashboard.judging.views import Phase
from dashboard.review.panel import TieBreak
from tests.judging.closed_round import D2, ROUND, city, standing

SAME = [(30, 50), (30, 50)]
TIE = {"KR-27": SAME, "KR-26": SAME, "KR-28": [(20, 40), (20, 40)]}
"""Daegu and Busan (80 + 80) / 2 = 80; Incheon (60 + 60) / 2 = 60."""


@pytest.fixture
def make_tied(make_closed, rules):
    """Makes a round whose equal scores are told apart by the lot alone."""
    return lambda: make_closed(TIE, rule=replace(rules.rule, tie_breaks=(TieBreak("lot"),)))


@pytest.fixture
def tied(make_tied):
    return make_tied()


def lot(*order, **changed):
    given = {
        "place": "Room 301",
        "drawn_at": "2019-01-07T18:00:00+09:00",
        "witnesses": ["Han", "Seo"],
        "how": "Slips from an urn",
    }
    return {"order": list(order), **given, **changed}


def test_a_tie_waits_for_a_lot_that_a_deputy_confirms(tied):
    judging = tied.judging
    propose = judging.proposals.propose
    found = judging.results.result(tied.chair)
    assert [tie.applicants for tie in found.open_ties] == [("KR-26", "KR-27")]
    with pytest.raises(JudgingRefused, match="cannot be signed"):
        judging.results.sign_off(tied.chair, "Trial")
    for wrong in (
        lot("KR-27"),
        lot("KR-27", "KR-28"),
        lot("KR-27", "KR-26", "KR-26"),
        lot(),
        lot("KR-27", "KR-26", witnesses=["Han", " "]),
        lot("KR-27", "KR-26", witnesses=["Han", "h an"]),
        lot("KR-27", "KR-26", place=""),
        lot("KR-27", "KR-26", how=" "),
        lot("KR-27", "KR-26", drawn_at="2019-01-07T17:59:59+09:00"),  # before closing
        lot("KR-27", "KR-26", drawn_at="2019-01-07T18:00:01+09:00"),  # to come
    ):
        with pytest.raises(JudgingRefused):
            propose(tied.chair, Change.LOT, wrong, "Equal")
    assert isinstance(propose(tied.chair, Change.LOT, lot("KR-26", "KR-27"), "Equal"), Proposal)
    assert standing(tied)["KR-27"][0] == 1  # both, until a deputy confirms
    judging.proposals.confirm(D2, "p1")
    assert {code: rank for code, (rank, _score) in standing(tied).items()} == {
        "KR-26": 1,
        "KR-27": 2,
        "KR-28": 3,
    }
    # D2 is Park: named in the record, and with a line of the own to sign.
    (record,) = lot_sections(judging.results.result(tied.chair), is_printed=True)
    assert "Deputy: Park" in str(record)
    (signing,) = [block for block in record.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row[:2]] for row in signing.rows] == [
        ["Chair", "Kim"],
        ["Deputy", "Park"],
        ["Witness", "Han"],
        ["Witness", "Seo"],
    ]
    # A version in which they are equal no more needs neither the lot nor who signs for it.
    found = judging.results.result(tied.chair)
    apart = replace(found, outcome=replace(found.outcome, ties=()))
    (idle,) = lot_sections(apart, is_printed=True)
    assert "It decides nothing in this version" in str(idle)
    assert not [block for block in idle.blocks if isinstance(block, Table)]
    (drawn,) = found.lots
    assert (drawn.place, drawn.witnesses, drawn.note) == (
        "Room 301",
        ("Han", "Seo"),
        "Slips from an urn",
    )
    assert drawn.drawn_at == "2019-01-07T09:00:00.000+00:00"
    assert judging.results.sign_off(tied.chair, "All waived it").phase is Phase.SIGNED_OFF


def test_a_lot_may_be_drawn_in_the_minute_of_closing(make_tied, clock):
    clock.wait(seconds=40)  # closed at 18:00:40 in Korea; the page takes the lot's time in minutes
    room = make_tied()
    propose = room.judging.proposals.propose
    drawn = lot("KR-26", "KR-27", drawn_at="2019-01-07T18:00:00+09:00")
    assert isinstance(propose(room.chair, Change.LOT, drawn, "Equal"), Proposal)
    early = lot("KR-26", "KR-27", drawn_at="2019-01-07T17:59:00+09:00")
    with pytest.raises(JudgingRefused, match="time"):
        propose(room.chair, Change.LOT, early, "Equal")


def test_a_lot_is_drawn_again_and_the_former_one_stays_readable(tied, clock):
    judging = tied.judging
    tied.change(Change.LOT, lot("KR-26", "KR-27"), "Equal")
    judging.results.sign_off(tied.chair, "All waived it in writing")
    clock.wait(hours=2)
    judging.results.object(city("KR-27"), "KR-27", "Our witness was not let in")
    judging.results.answer(
        tied.chair, "o1", "The lot is drawn again", True, Opening(Change.LOT, {})
    )
    assert judging.proposals.listed(tied.chair)[0].status is ProposalStatus.CONFIRMED  # the first
    with pytest.raises(JudgingRefused):
        judging.results.sign_off(tied.chair, "Quick")
    again = lot("KR-27", "KR-26", drawn_at="2019-01-07T19:30:00+09:00", objection_id="o1")
    with pytest.raises(JudgingRefused, match="text is missing"):
        judging.proposals.propose(tied.chair, Change.LOT, again, " ")
    tied.change(Change.LOT, again, "Our witness was not let in")
    found = judging.results.result(tied.chair)
    assert [(one.order[0], one.replaced_at is None) for one in found.lots] == [
        ("KR-26", False),
        ("KR-27", True),
    ]
    assert standing(tied)["KR-27"][0] == 1
    assert standing(tied, 1)["KR-27"][0] == 2
    assert not judging.results.objections(tied.chair)[0].is_pending
    judging.results.sign_off(tied.chair, "All waived it in writing")
    assert len(judging.rounds.one(ROUND).signed) == 2
    verify_round(judging.streams, ROUND)


def test_a_lot_counts_for_the_applicants_for_whom_it_was_drawn_and_no_others(tied, clock):
    # Incheon is scored again up to the other two: what two drew does not order three.
    tied.change(Change.LOT, lot("KR-26", "KR-27"), "Equal")
    for judge in ("j1", "j2"):
        tied.change(Change.RESCORING, {"judge_id": judge, "applicant": "KR-28"}, "Half the route")
    for judge in (0, 1):
        tied.score(judge, "KR-28", 30, 50)
    (tie,) = tied.judging.results.result(tied.chair).open_ties
    assert tie.applicants == ("KR-26", "KR-27", "KR-28")
    assert {rank for rank, _score in standing(tied).values()} == {1}
    clock.wait(days=1)
    tied.change(Change.LOT, lot("KR-28", "KR-27", "KR-26"), "Equal")
    assert {code: rank for code, (rank, _score) in standing(tied).items()} == {
        "KR-28": 1,
        "KR-27": 2,
        "KR-26": 3,
    }


def test_a_lot_of_an_older_log_still_orders(tied):
    tied.judging.streams.ledger.append(
        panel_stream(ROUND), "lot_recorded", "chair", {"order": ["KR-27", "KR-26"], "note": "Drawn"}
    )
    assert [standing(tied)[code][0] for code in ("KR-27", "KR-26", "KR-28")] == [1, 2, 3]
    (old,) = tied.judging.results.result(tied.chair).lots
    assert (old.note, old.place, old.witnesses, old.drawn_at) == ("Drawn", "", (), None)
