"""What a proposed change is, in a sentence."""

from collections.abc import Mapping

from dashboard.content.panel_rule import rule_sentences
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text
from dashboard.judging.proposed import FIRST_LOT, Change, Proposal
from dashboard.judging.rules_text import rules_json, rules_of
from dashboard.judging.views import RoundRules


def reason_text(reason: str) -> str:
    """Why something is changed: as it was written, or what stands for every first lot."""
    return _("Equal by every step of the rule before the lot") if reason == FIRST_LOT else reason


def change_details(proposal: Proposal, rules: RoundRules) -> list[str]:
    """What whoever confirms has to have read: how a lot was drawn, which sentences a rule gets.

    Args:
        proposal: of any kind; most have none.
        rules: those in force.
    """
    content = proposal.content
    if proposal.change is Change.LOT:
        facts = (
            (_("Where it was drawn"), content["place"]),
            (_("Drawn"), moment_text(content["drawn_at"])),
            (_("Witnesses"), ", ".join(content["witnesses"])),
            (_("How it was drawn"), content["how"]),
        )
        return [f"{name}: {text}" for name, text in facts]
    if proposal.change is Change.RULE_CORRECTION:
        corrected = rules_of({**rules_json(rules), "rule": content["rule"]})
        former, wanted = rule_sentences(rules), rule_sentences(corrected)
        gone = [one for one in former if one not in wanted]
        new = [one for one in wanted if one not in former]
        return [
            *(_("So far: {sentence}").format(sentence=one) for one in gone),
            *(_("From then on: {sentence}").format(sentence=one) for one in new),
        ]
    return []


def change_sentence(proposal: Proposal, judges: Mapping[str, str]) -> str:
    """What a proposal would change, or did.

    Args:
        proposal: of any kind.
        judges: judge → name, as far as the reader may know them.
    """
    content = proposal.content
    judge_id = str(content.get("judge_id", ""))
    judge = judges.get(judge_id, judge_id) or _("a judge")
    applicant = label("region", content["applicant"]) if "applicant" in content else ""
    match proposal.change:
        case Change.RECUSAL:
            text = _("{judge} counts no more for {applicant}.")
        case Change.RESCORING:
            text = _("Rescoring of the sheet of {applicant}: {judge}.")
        case Change.CODE_AGAIN:
            text = _("{judge} gets a new code; the former one ends.")
        case Change.LOT:
            order = " → ".join(label("region", code) for code in content["order"])
            return _("Lot for equal scores: {order}.").format(order=order)
        case Change.RULE_CORRECTION:
            return _("The rule is corrected; criteria and points stay.")
    return text.format(judge=judge, applicant=applicant)
