"""What a good password is."""

import pytest

from nap_builder.accounts.passwords import weakness


@pytest.mark.parametrize(
    "weak", ["short", "password12", "aaaaaaaaaaaa", "abcdefghijkl", "qwertyuiop12", "123456789012"]
)
def test_weak_ones_are_refused_with_a_reason(app, weak):
    with app.test_request_context():
        assert weakness(weak)


@pytest.mark.parametrize("good", ["orchid tunnel bracket nine", "سجادة جسر مفتاح مطر", "k7#Vq!x2Lm9p"])
def test_good_ones_pass_whatever_their_letters(app, good):
    with app.test_request_context():
        assert weakness(good) is None


def test_a_persons_own_words_do_not_count(app):
    with app.test_request_context():
        assert weakness("aminarehn1", ["amina@x.example", "Amina Rehn", "aminarehn"])


def test_a_very_long_one_is_judged_quickly(app):
    with app.test_request_context():
        assert weakness("orchid tunnel bracket nine " * 7) is None
