"""Comments that wait: seen by those who moderate alone, accepted, shortened, refused, and hidden later."""

import pytest
from sqlalchemy import select

from nap_builder.consultations.models.comments import Comment
from nap_builder.consultations.models.contributions import Contribution
from nap_builder.consultations.queries import comments as queries
from nap_builder.kernel.audit import AuditContent, AuditEntry
from nap_builder.kernel.database import db as layer
from nap_builder.kernel.database import transaction
from tests.builders.consultations import a_comment, a_contribution, an_open_draft

COMMENTS = "/en/w/nap-2/consultation/comments"
SAYS = "Say who pays for the desks."


@pytest.fixture
def draft(world):
    """An open draft of the small State, with one comment on its first paragraph."""
    with transaction():
        held = an_open_draft(world.plan)
        held.waiting = a_comment(held, f"paragraph:{world.paragraphs[0].key}", SAYS)
    return held


def waiting(held, text=SAYS, **given):
    with transaction():
        return a_comment(held, held.waiting.about, text, **given)


def contributions():
    layer.session.expire_all()
    return layer.session.scalars(select(Contribution)).all()


def state_of(comment):
    layer.session.expire_all()
    return layer.session.get_one(Comment, comment.id)


def test_a_comment_stands_beside_the_paragraph_it_is_about(as_role, draft):
    page = as_role("secretariat").get(COMMENTS)
    assert SAYS in page.words
    assert "Paragraph 1: Women were not at the table." in page.words


@pytest.mark.parametrize("who", ["chair", "steward"])
def test_those_who_moderate_see_comments(as_role, draft, who):
    assert SAYS in as_role(who).get(COMMENTS).words


@pytest.mark.parametrize("who", ["official", "focal_point", "auditor", "administrator"])
def test_nobody_else_does(as_role, draft, who):
    as_role(who).get(COMMENTS, expect=403)


def test_nothing_of_the_sender_and_no_day_is_shown(as_role, draft):
    page = as_role("secretariat").get(f"{COMMENTS}/{draft.waiting.key}")
    assert draft.waiting.entered_on.isoformat() not in page.text
    assert "Without a name" in page.words


def test_a_sealed_comment_is_in_no_moderators_sight(as_role, draft):
    sealed = waiting(draft, None, sealed=b"cipher", attribution="steward")
    plain = waiting(draft, "For the steward.", attribution="steward")
    client = as_role("secretariat")
    assert "For the steward." not in client.get(COMMENTS).text
    for comment in (sealed, plain):
        client.get(f"{COMMENTS}/{comment.key}", expect=404)


def test_an_accepted_comment_becomes_a_contribution_and_leaves_the_table_of_comments(as_role, world, draft):
    page = as_role("secretariat").get(COMMENTS)
    page.submit("accept", comments=[draft.waiting.key])
    [found] = contributions()
    assert (found.code, found.text, found.language) == ("K1", {"en": SAYS}, "en")
    assert (found.channel, found.attribution, found.by) == ("online", "anonymous", None)
    assert found.held_on == found.entered_on == draft.waiting.entered_on
    assert found.about == [f"paragraph:{world.paragraphs[0].key}"]
    comment = state_of(draft.waiting)
    assert (comment.state, comment.text, comment.contribution_id) == ("accepted", None, found.id)


def test_several_are_accepted_at_once(as_role, draft):
    others = [waiting(draft, text) for text in ("Open more desks.", "Train more women.")]
    page = as_role("secretariat").get(COMMENTS)
    page.submit("accept", comments=[others[0].key, draft.waiting.key])
    assert {one.code for one in contributions()} == {"K1", "K2"}
    assert state_of(others[1]).state == "waiting"


def test_to_accept_nothing_is_refused(as_role, draft):
    page = as_role("secretariat").get(COMMENTS).submit("accept", expect=422)
    assert "Tick the comments that you accept." in page.words


def test_an_accepted_suggestion_is_kept_with_it(as_role, draft):
    comment = waiting(draft, "Better so.", proposed="Women are at the table.")
    as_role("secretariat").get(f"{COMMENTS}/{comment.key}").submit("accept")
    assert [one.proposed for one in contributions()] == ["Women are at the table."]
    assert "Shortened" not in contributions()[0].text["en"]
    assert state_of(comment).proposed is None


@pytest.mark.parametrize(
    ("allowed", "chosen", "becomes"),
    [
        (None, "named", ("named", "Amina")),
        ("named", "named", ("named", "Amina")),
        ("organisation", "named", ("anonymous", None)),
        ("organisation", "organisation", ("organisation", "Amina")),
        ("non_attributed", "organisation", ("anonymous", None)),
        ("named", "anonymous", ("anonymous", None)),
    ],
)
def test_nobody_is_named_wider_than_the_consultation_allows(as_role, draft, allowed, chosen, becomes):
    with transaction():
        layer.session.merge(draft).attribution = allowed
    comment = waiting(draft, "Better so.", name="Amina", attribution=chosen)
    as_role("secretariat").get(f"{COMMENTS}/{comment.key}").submit("accept")
    assert (contributions()[0].attribution, contributions()[0].by) == becomes


def test_a_shortened_comment_says_so_and_what_was_cut_is_nowhere(as_role, draft):
    comment = waiting(draft, "Fatima of Northtown was hurt. Open a desk.")
    as_role("secretariat").get(f"{COMMENTS}/{comment.key}").submit("accept", text="Open a desk.")
    assert contributions()[0].text == {"en": "Open a desk.\n\n[Shortened by the task force]"}
    trail = layer.session.scalars(select(AuditContent)).all()
    assert all("Fatima" not in str((one.arguments, one.changes)) for one in trail)
    assert state_of(comment).text is None


def test_the_mark_is_in_the_language_of_the_comment(as_role, draft):
    comment = waiting(draft, "Ouvrez un bureau. Elle vit ici.", language="fr")
    as_role("secretariat").get(f"{COMMENTS}/{comment.key}").submit("accept", text="Ouvrez un bureau.")
    assert contributions()[0].text == {"fr": "Ouvrez un bureau.\n\n[Abrégé par le groupe de travail]"}


def test_a_comment_without_words_is_refused_not_accepted(as_role, draft):
    page = as_role("secretariat").get(f"{COMMENTS}/{draft.waiting.key}")
    assert "or refuse the comment" in page.submit("accept", expect=422, text=" ").words
    assert contributions() == []


def test_a_refused_comment_leaves_its_reason_and_no_text(as_role, draft):
    page = as_role("secretariat").get(f"{COMMENTS}/{draft.waiting.key}")
    page.submit("refuse", **{"reason-en": "It names a person."})
    comment = state_of(draft.waiting)
    assert (comment.state, comment.text, comment.reason) == ("refused", None, {"en": "It names a person."})
    assert comment.settled_on == comment.entered_on
    assert contributions() == []


def test_to_refuse_wants_a_reason(as_role, draft):
    page = as_role("secretariat").get(f"{COMMENTS}/{draft.waiting.key}")
    page.submit("refuse", expect=422)
    assert state_of(draft.waiting).state == "waiting"


@pytest.mark.parametrize("which", ["accept", "refuse"])
def test_what_somebody_decided_meanwhile_stands(as_role, draft, which):
    client = as_role("secretariat")
    page = client.get(f"{COMMENTS}/{draft.waiting.key}")
    client.get(COMMENTS).submit("accept", comments=[draft.waiting.key])
    answer = page.submit(which, expect=409, **{"reason-en": "Too late."})
    assert "somebody decided on it already" in answer.words
    assert state_of(draft.waiting).state == "accepted"
    client.get(f"{COMMENTS}/{draft.waiting.key}", expect=404)


def test_the_trail_names_codes_and_no_text(as_role, draft):
    client = as_role("secretariat")
    client.get(COMMENTS).submit("accept", comments=[draft.waiting.key])
    other = waiting(draft, "Another secret.")
    client.get(f"{COMMENTS}/{other.key}").submit("refuse", **{"reason-en": "Off topic."})
    told = as_role("auditor").get("/en/audit").words
    assert "accepted a comment: it is contribution K1." in told
    assert "refused a comment in consultation C1." in told
    words = [entry.content for entry in layer.session.scalars(select(AuditEntry))]
    assert all(SAYS not in str(one.changes) and "secret" not in str(one.changes) for one in words)


def test_what_says_nearly_the_same_stands_together(draft):
    texts = ("Open a desk in every town of the north.", "open a desk in EVERY town of the north!", "Train women.")
    with transaction():
        found = [a_comment(draft, draft.waiting.about, text) for text in texts]
    groups = queries.side_by_side(found)
    assert [[found.index(one) for one in group] for group in groups] == [[0, 1], [2]]


def test_a_flood_is_shown_in_pieces(as_role, draft):
    with transaction():
        for number in range(queries.MOST_AT_ONCE + 5):
            a_comment(draft, draft.waiting.about, f"Number {number} of the flood, {number} times.")
    page = as_role("secretariat").get(COMMENTS)
    assert len(page.all("//input[@name='comments']")) == queries.MOST_AT_ONCE
    assert "6 more follow" in page.words


def test_the_order_tells_nothing_of_when_comments_came(draft):
    with transaction():
        came = [a_comment(draft, draft.waiting.about, f"Number {number}").id for number in range(12)]
    shown = [one.id for one in queries.waiting_comments(draft.plan) if one.id in came]
    assert shown == sorted(came)
    assert shown != came


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=1+1", "'\"><b>x</b>", "\u202eevil", "x" * 5_000])
def test_hostile_words_are_words(as_role, draft, text):
    comment = waiting(draft, text, proposed=text, name=text[:50], attribution="named")
    client = as_role("secretariat")
    assert "<script>alert" not in client.get(COMMENTS).text
    client.get(f"{COMMENTS}/{comment.key}").submit("accept")
    assert contributions()[0].text == {"en": text}


def test_a_hidden_contribution_shows_its_reason_to_all_and_its_words_to_those_who_moderate(as_role, draft):
    with transaction():
        said = a_contribution(draft, "It was Fatima.")
    address = f"/en/w/nap-2/contributions/{said.key}"
    keeper = as_role("secretariat")
    keeper.get(f"{address}/hide").submit("hide", **{"reason-en": "It names a person."})
    assert "It was Fatima." in keeper.get(f"{address}").words
    other = as_role("official").get(f"{address}")
    assert "It was Fatima." not in other.text
    assert "It names a person." in other.words


def test_what_was_hidden_is_shown_again(as_role, draft):
    with transaction():
        said = a_contribution(draft, "It was Fatima.", hidden_because={"en": "By mistake."})
    address = f"/en/w/nap-2/contributions/{said.key}"
    as_role("secretariat").get(address).submit("/show")
    assert "It was Fatima." in as_role("official").get(address).words


def test_no_comment_that_waits_is_on_another_page(as_role, draft):
    client = as_role("secretariat")
    for address in ("contributions/answers", "contributions/groups", "consultation", ""):
        assert SAYS not in client.get(f"/en/w/nap-2/{address}".rstrip("/")).text
