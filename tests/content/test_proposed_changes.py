"""What a change after closing says of itself."""

from dashboard.content.proposed_changes import reason_text
from dashboard.i18n import speaking
from dashboard.judging.proposed import FIRST_LOT


def test_the_reason_of_a_first_lot_stands_in_the_language_of_its_reader():
    with speaking("ko"):
        assert reason_text(FIRST_LOT) == "추첨 전 모든 동점 처리 단계에서 동점"
        assert reason_text("위원장이 쓴 사유") == "위원장이 쓴 사유"
    with speaking("en"):
        assert reason_text(FIRST_LOT) == "Equal by every step of the rule before the lot"
