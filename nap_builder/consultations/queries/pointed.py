"""What `kind:key` references of contributions and answers point at, in words that everybody may read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from nap_builder.consultations.models.records import Consultation
from nap_builder.consultations.window import has_begun
from nap_builder.kernel.database import db
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.profiles import numbers_of, public_profile, with_numbers
from nap_builder.plans.queries.versions import PUBLIC, frozen_document
from nap_builder.plans.schema import objects
from nap_builder.plans.wording import by_language

Document = Mapping[str, Any]
Index = dict[str, "Place"]


@dataclass(frozen=True)
class Place:
    """A part of the plan: its reference, its kind, its number or code, and its title (of a paragraph, its section's).

    A part that its reader may not know, or that is gone, has neither code nor title.
    """

    ref: str
    kind: str
    code: str = ""
    title: Mapping[str, str] | None = None


class Places:
    """Finds what references point at: in the version that was spoken about, else in the plan as it is now known."""

    def __init__(self, now: Iterable[Document], versions: Mapping[int, Document]) -> None:
        self._now: Index = {}
        for document in now:
            self._now = index_of(document) | self._now
        self._versions = {number: index_of(document) for number, document in versions.items()}

    def of(self, refs: Iterable[str] | None, version: int | None = None) -> tuple[Place, ...]:
        """The places of some references, each as the version shows it where one is given."""
        own = self._versions.get(version or 0, {})
        return tuple(own.get(ref) or self._now.get(ref) or Place(ref, ref.partition(":")[0]) for ref in refs or ())


def places_for_staff(plan: Plan, consultations: Iterable[Consultation]) -> Places:
    """Those of the working plan, without what is restricted, and of the versions that were spoken about."""
    working = public_profile(with_numbers(canonical_document(plan_document(plan))))
    return Places([working], _frozen(plan, {one.version for one in consultations if one.version}))


def places_for_all(plan: Plan, consultations: Iterable[Consultation], shown: Document | None = None) -> Places:
    """Those of versions that the public may read: the one `shown`, and those opened for everybody's comments."""
    opened = {one.version for one in consultations if one.version and one.access == "public" and has_begun(one)}
    versions = _frozen(plan, opened)
    newest = [versions[number] for number in sorted(versions, reverse=True)]
    return Places([*([shown] if shown else []), *newest], versions)


def index_of(document: Document) -> Index:
    """Every part of a plan in nap-plan/1, by its references with the key and with the code."""
    found = dict(_rows(document))
    numbers = numbers_of(dict(document))
    first = document["plan"]["languages"][0]
    for section in document.get("sections") or ():
        title = by_language(section["title"], first)
        found[f"section:{section['key']}"] = Place(f"section:{section['key']}", "section", "", title)
        for paragraph in section.get("paragraphs") or ():
            ref = f"paragraph:{paragraph['key']}"
            found[ref] = Place(ref, "paragraph", numbers.get(paragraph["key"], ""), title)
    return found


def _rows(document: Document) -> Iterator[tuple[str, Place]]:
    first = document["plan"]["languages"][0]
    for node in objects(dict(document)):
        said, kind = node.value, node.shape.name
        if "code" in said and "title" in said:
            place = Place(
                f"{kind}:{said.get('key', said['code'])}", kind, said["code"], by_language(said["title"], first)
            )
            yield f"{kind}:{said['code']}", place
            if "key" in said:
                yield f"{kind}:{said['key']}", place


def _frozen(plan: Plan, numbers: set[int]) -> dict[int, Document]:
    if not numbers:
        return {}
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number.in_(numbers))
    return {version.number: frozen_document(version, PUBLIC) for version in db.session.scalars(query)}
