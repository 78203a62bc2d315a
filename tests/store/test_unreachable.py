"""What the shared record answers last is said as its reason, and not the statement it was asked."""

import pytest

from dashboard.store.postgres import unreachable

pytestmark = pytest.mark.usefixtures("english")

TYPED = "hunter2"
CUT = "server closed the connection unexpectedly"
ASKED = 'Failed to execute query "BEGIN; INSERT INTO "lake"."observations" VALUES (1, \'secret\');'


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (f'{ASKED}\nCOMMIT": {CUT}\n\tThis probably means', f"Failed to execute query: {CUT}"),
        (f"\n {CUT}\n", CUT),
        ("", "-"),
        (f"postgresql://review:{TYPED}@db:5432/x: no route", "postgresql://review…db:5432/x: no"),
        (f"password={TYPED} was refused", "password=… was refused"),
    ],
)
def test_the_reason_is_the_answer_without_what_was_asked_and_without_passwords(reason, shown):
    message = unreachable("db:5432", reason).message
    assert message.startswith(f"db:5432: {shown}")
    assert TYPED not in message
    assert "INSERT" not in message


def test_a_long_reason_ends_with_a_whole_word():
    message = unreachable("db:5432", "words " * 200).message
    assert message.endswith("words …")
    assert len(message) < 350
