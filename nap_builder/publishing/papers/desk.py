"""The desk on which the papers of a plan are filled: the plan is read once, in the form that the public may read."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nap_builder.kernel.access import can
from nap_builder.kernel.archives import packed
from nap_builder.kernel.errors import Missing
from nap_builder.kernel.languages import country_name, words_in
from nap_builder.plans.canonical import canonical_document
from nap_builder.plans.document import plan_document
from nap_builder.plans.models.plan import Plan
from nap_builder.plans.models.versions import PlanVersion
from nap_builder.plans.profiles import public_profile
from nap_builder.plans.queries.versions import PUBLIC, as_it_stands, frozen_document, last_frozen, version_at
from nap_builder.publishing.compose.source import Item, Source
from nap_builder.publishing.edition import Edition
from nap_builder.publishing.paper import Paper
from nap_builder.publishing.papers.case import Case, Cited
from nap_builder.publishing.papers.compose import compose
from nap_builder.publishing.papers.rows import COUNTED
from nap_builder.publishing.papers.shelf import LANGUAGES, ModelPaper
from nap_builder.publishing.policy import PaperFor
from nap_builder.publishing.renderers.docx import render_docx
from nap_builder.publishing.wearing import worn_on
from nap_builder.taskforce.models import Institution
from nap_builder.taskforce.queries import installation, institutions

READ = "publishing.paper.read"


@dataclass(frozen=True)
class File:
    """A file to take away."""

    name: str
    content: bytes


class Desk:
    """Fills the papers of one plan as it stands, or as one `version` of it says.

    What is restricted is not on it, so every reader gets the same paper.
    """

    def __init__(self, plan: Plan, version: PlanVersion | None = None) -> None:
        self.plan = plan
        self.worn = worn_on(version)
        self.moment = version.frozen_at if version else plan.changed_at
        if version is None:
            self.document: Item = public_profile(canonical_document(plan_document(plan)))
            self.cited = _cited(plan)
        else:
            self.document = frozen_document(version, PUBLIC)
            self.cited = Cited(version.number, version.public_sha256)
        self._sources: dict[str, Source] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which there are papers: those of the plan that we have, else all we have."""
        own = {tag.split("-")[0] for tag in self.plan.languages}
        return tuple(tag for tag in LANGUAGES if tag in own) or LANGUAGES

    def language(self, *wished: str | None) -> str:
        """The first of the languages wished for that there is; else the plan's own, else any."""
        for tag in (*wished, self.plan.first_language.split("-")[0]):
            if tag in self.languages:
                return str(tag)
        return self.languages[0]

    def case(self, language: str, institution: str | None = None) -> Case:
        """The plan in a language, and for whom a paper is."""
        if language not in self._sources:
            said = _state(self.plan, language)
            edition = Edition(language, draft=False, dated=self.moment, state_name=said, worn=self.worn)
            self._sources[language] = Source(self.document, edition)
        return Case(self._sources[language], self.cited, institution)

    def paper(self, model: ModelPaper, language: str, institution: Institution | None = None) -> Paper:
        """A paper, filled. Raises Missing for an institution that the paper cannot be for."""
        case = self.case(language, institution.code if institution else None)
        if institution is not None and not (model.for_institutions and case.led):
            raise Missing
        return compose(model, case, self.moment)

    def file(self, model: ModelPaper, language: str, institution: Institution | None = None) -> File:
        """A paper as a Word file. The same plan gives the same bytes. Raises Missing as `paper` does."""
        content = render_docx(self.paper(model, language, institution))
        parts = [self.plan.slug, model.key, *([institution.code] if institution else []), language]
        return File("-".join(parts) + ".docx", content)

    def bundle(self, model: ModelPaper, language: str, bodies: Iterable[Institution]) -> File:
        """A paper for each of some institutions, as one archive."""
        files = (self.file(model, language, body) for body in bodies)
        content = packed((file.name, file.content) for file in files)
        return File(f"{self.plan.slug}-{model.key}-{language}.zip", content)

    @functools.cached_property
    def leaders(self) -> Sequence[Institution]:
        """The institutions that lead an activity and whose letter who acts now may have, in the plan's order."""
        bodies = {body.code: body for body in institutions()}
        leading = [bodies[code] for code in self.case(self.languages[0]).leaders if code in bodies]
        return [body for body in leading if can(READ, PaperFor(self.plan, body))]


def counts_activities(model: ModelPaper) -> bool:
    """Whether a paper speaks of activities or their money, and so leaves out what is restricted."""
    return bool(model.names() & COUNTED)


def _cited(plan: Plan) -> Cited:
    """The version that is the plan as it stands; else the next, which has no fingerprint yet."""
    adopted = None if plan.in_drafting else plan.adopted_number
    version = version_at(plan.slug, adopted) if adopted else last_frozen(plan)
    if version is None:
        return Cited(1)
    if not as_it_stands(version, plan):
        return Cited(version.number + 1)
    return Cited(version.number, version.public_sha256)


def _state(plan: Plan, language: str) -> str | None:
    state = installation()
    return words_in(state.state_name, language) if state else country_name(plan.country, language)
