"""Commands on plans."""

import click

from nap_builder.kernel.actor import INSTALLATION
from nap_builder.kernel.database import transaction
from nap_builder.kernel.languages import words_in
from nap_builder.plans.queries import plan as queries
from nap_builder.plans.services import versions


@click.group("plan")
def plan() -> None:
    """Plans."""


@plan.command("list")
def listed() -> None:
    """One plan a line: slug, title, state, counts; the plan that stands first."""
    found = queries.plans()
    counts = queries.counts(found, sees=lambda _row: True)
    for one in found:
        held = counts[one.id]
        numbers = f"{held.pillars} pillars, {held.objectives} objectives, {held.activities} activities"
        click.echo("\t".join((one.slug, words_in(one.title, one.first_language), one.state, numbers)))


@click.command("freeze")
@click.argument("slug")
@click.option("--note", help="What this version is for.")
def freeze(slug: str, note: str | None) -> None:
    """Freezes the next version; prints its number and the SHA-256 of its working file."""
    with transaction():
        found = queries.plan_at(slug)
        words = {found.first_language: note} if note and note.strip() else None
        version = versions.freeze(INSTALLATION, found, words)
        line = f"{version.number}\t{version.working_sha256}"
    click.echo(line)
