"""Two people who save the same paragraph in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from nap_builder.kernel.audit import first_fault
from nap_builder.plans.models.narrative import Paragraph
from nap_builder.plans.queries.narrative import living

WHY = "/en/w/nap-2/section/why"


def at_once(db, *sendings):
    """Sends forms in threads that start together; the statuses of the answers."""
    db.session.rollback()
    start = Barrier(len(sendings))

    def send(sending):
        browser, address, values = sending
        start.wait()
        return browser.open(address, method="POST", data=values).status_code

    with ThreadPoolExecutor(len(sendings)) as pool:
        return sorted(pool.map(send, sendings))


def test_of_two_who_save_at_once_one_is_shown_both_texts(as_role, world, db):
    sendings = []
    for who in ("secretariat", "chair", "official"):
        page = as_role(who).get(f"{WHY}?edit={world.paragraphs[0].key}")
        sendings.append((page.client.browser, *page.filled("paragraph", **{"text-en": f"Text of {who}."})))
    assert at_once(db, *sendings) == [303, 409, 409]
    paragraph = db.session.get(Paragraph, world.paragraphs[0].id)
    assert paragraph.row_version == 2
    assert first_fault() is None


def test_of_a_form_sent_three_times_at_once_one_takes_effect(as_role, world, db):
    page = as_role("secretariat").get(f"{WHY}?add=end")
    address, values = page.filled("paragraph", **{"text-en": "Once."})
    browsers = [page.client.app.test_client() for _ in range(3)]
    cookie = page.client.browser.get_cookie("nap")
    for browser in browsers:
        browser.set_cookie("nap", cookie.value)
    assert at_once(db, *((browser, address, values) for browser in browsers)) == [303, 303, 303]
    assert [paragraph.text["en"] for paragraph in living(world.section)][2:] == ["Once."]


def test_paragraphs_added_at_once_all_stand_in_one_order(as_role, world, db):
    sendings = []
    for who in ("secretariat", "chair", "official"):
        page = as_role(who).get(f"{WHY}?add={world.paragraphs[0].key}")
        sendings.append((page.client.browser, *page.filled("paragraph", **{"text-en": f"Text of {who}."})))
    assert at_once(db, *sendings) == [303, 303, 303]
    positions = [paragraph.position for paragraph in living(world.section)]
    assert len(positions) == 5
    assert len(set(positions)) == 5
    assert first_fault() is None
