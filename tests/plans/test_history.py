"""Acts as pages tell them."""

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.audit import record
from nap_builder.kernel.database import transaction
from nap_builder.plans.events.versions import VERSION_FROZEN
from nap_builder.plans.history import told


def test_a_word_of_the_format_is_told_by_its_name(world):
    with transaction():
        changes = {"costing": ("not_costed", "within_core"), "topics": (None, ["gbv", "sea"])}
        entry = record(VERSION_FROZEN, INSTALLATION, world.plan, number=1, sha256="0" * 64, changes=changes)
    after = {change["label"]: change["after"] for change in told(entry)["changes"]}
    assert after == {"Cost": "Within core budgets", "Topics": "Gender-based violence, Sexual exploitation and abuse"}
