"""The high-level champion, the machinery's own posts and budget, and who answers by post."""

import pytest

from nap_builder.kernel.database import transaction
from nap_builder.taskforce.machinery.queries import machinery_of
from nap_builder.taskforce.queries import seats

HOME = "/en/w/nap-2/task-force"


def said_of(world):
    """What the plan has to stand on."""
    return machinery_of(world.plan.id)


def test_a_champion_is_named_by_post(as_role, world):
    page = as_role("chair").get(f"{HOME}/champion/add")
    place = str(world.institutions["FOR"].id)
    answer = page.submit(
        "machinery", since="2026-09", institution_id=place, **{"post-en": "Vice-President", "task-en": "Speaks for it."}
    )
    shown = answer.follow().words
    for part in ("Vice-President", "Ministry of Foreign Affairs", "September 2026", "Speaks for it."):
        assert part in shown


def test_a_plan_has_one_champion(as_role, world):
    client = as_role("secretariat")
    page = client.get(f"{HOME}/champion/add")
    client.get(f"{HOME}/champion/add").submit("machinery", **{"post-en": "Vice-President"})
    page.submit("machinery", expect=422, **{"post-en": "Speaker of parliament"})
    assert said_of(world).champion.post == {"en": "Vice-President"}


def test_posts_are_counted_filled_and_vacant(as_role, world):
    client = as_role("secretariat")
    for title, filled, vacant in (("Coordinator", "1", "0"), ("Officer", "1", "2")):
        client.get(f"{HOME}/post/add").submit("machinery", filled=filled, vacant=vacant, **{"title-en": title})
    assert (said_of(world).filled, said_of(world).vacant) == (2, 2)
    assert "All posts" in client.get(HOME).words


def test_a_year_of_budget_has_amount_currency_and_source(as_role, world):
    page = as_role("secretariat").get(f"{HOME}/budget/add")
    assert page.all("//input[@name='currency']")[0].get("value") == "USD"
    shown = page.submit("machinery", year="2027", amount="182000.50", **{"source-en": "State budget"}).follow().words
    assert "182,000.50 USD" in shown
    assert "State budget" in shown


@pytest.mark.parametrize(
    ("kind", "odd"),
    [
        ("champion", {"post-en": ""}),
        ("champion", {"post-en": "x" * 201}),
        ("champion", {"post-en": "Vice-President", "since": "yesterday"}),
        ("champion", {"post-en": "Vice-President", "institution_id": "999999"}),
        ("post", {"title-en": "Officer", "filled": "-1"}),
        ("post", {"title-en": "Officer", "filled": "99999999999999999999"}),
        ("post", {"title-en": "Officer", "vacant": ""}),
        ("post", {"title-en": ""}),
        ("budget", {"year": "12", "amount": "1"}),
        ("budget", {"year": "2027", "amount": ""}),
        ("budget", {"year": "2027", "amount": "-1"}),
        ("budget", {"year": "2027", "amount": "1", "currency": ""}),
        ("budget", {"year": "2027", "amount": "1", "currency": "dollars"}),
    ],
)
def test_odd_values_are_refused_and_nothing_is_saved(as_role, world, kind, odd):
    as_role("secretariat").get(f"{HOME}/{kind}/add").submit("machinery", expect=422, **odd)
    found = said_of(world)
    assert (found.champion, found.posts, found.budgets) == (None, (), ())


@pytest.mark.parametrize("kind", ["champion", "post", "budget"])
def test_a_row_is_changed_and_removed(as_role, world, kind):
    client = as_role("secretariat")
    first = {"champion": {"post-en": "A"}, "post": {"title-en": "A"}, "budget": {"year": "2027", "amount": "1"}}[kind]
    then = {"champion": {"post-en": "B"}, "post": {"title-en": "B"}, "budget": {"year": "2028", "amount": "2"}}[kind]
    client.get(f"{HOME}/{kind}/add").submit("machinery", **first)
    found = said_of(world)
    row = {"champion": (found.champion,), "post": found.posts, "budget": found.budgets}[kind][0].key
    stale = client.get(f"{HOME}/{kind}/{row}")
    old_list = client.get(HOME)
    client.get(f"{HOME}/{kind}/{row}").submit("machinery", **then)
    stale.submit("machinery", expect=409, **first)
    old_list.submit(f"{row}/remove", expect=409)
    client.get(HOME).submit(f"{row}/remove")
    found = said_of(world)
    assert (found.champion, found.posts, found.budgets) == (None, (), ())
    client.get(f"{HOME}/{kind}/{row}", expect=404)


def test_ministries_read_it_and_do_not_write_it(as_role):
    client = as_role("focal_point")
    page = client.get(HOME)
    assert "High-level champion" in page.words
    assert not page.all("//main//form")
    client.get(f"{HOME}/champion/add", expect=403)


def test_an_adopted_plan_keeps_its_machinery_up_to_date(as_role, world):
    with transaction():
        world.plan.state = "adopted"
    as_role("secretariat").get(f"{HOME}/post/add").submit("machinery", **{"title-en": "Officer"})
    assert len(said_of(world).posts) == 1


def test_the_page_says_which_members_have_not_named_their_posts(as_role, world):
    with transaction():
        posts = {"head": {"en": "The minister"}, "manager": {"en": "Director"}, "staff": {"en": "Two officers"}}
        world.institutions["WOMEN"].accountable = posts
        world.institutions["DEF"].accountable = {"head": {"en": "The minister"}}
    assert [body.code for body in seats(world.plan.id).without_posts] == ["DEF", "INT", "FOR", "JUS"]
    page = as_role("secretariat").get(HOME)
    assert "4 members have not named all three posts" in page.words
    assert "Two officers" in page.words
