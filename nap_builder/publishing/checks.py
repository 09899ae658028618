"""What readiness asks of what is published: checks G3 and G4."""

from nap_builder.kernel.checks import (
    CABINET,
    DOES_NOT_APPLY,
    INFO,
    PASSES,
    WARN,
    Check,
    Failing,
    Found,
    Place,
    Question,
    declare,
)
from nap_builder.kernel.languages import _, _l, language_name, tag
from nap_builder.plans.queries.versions import last_frozen
from nap_builder.publishing.queries import issued_of, published_version

VERSIONS = Place("publishing.versions")


def languages_of_the_law_exist(question: Question) -> Found:
    """G3: the newest version is made in every language that the law asks for."""
    required = question.plan.required_languages or ()
    if not required:
        return DOES_NOT_APPLY
    version = question.once(last_frozen, question.plan)
    if version is None:
        return Found(says=_("No version is frozen yet, so none is made in the languages of the law."), place=VERSIONS)
    made = {document.language for document in issued_of([version])[version.id]}
    missing = [language for language in required if language not in made]
    return Found([Failing(language_name(one, tag()), VERSIONS, key=f"language:{one}") for one in missing])


def public_copy_is_out(question: Question) -> Found:
    """G4: a version is open to the public."""
    if question.once(published_version, question.plan) is not None:
        return PASSES
    return Found(says=_("No version of this plan is public yet."), place=VERSIONS)


declare(
    Check(
        "G3",
        CABINET,
        WARN,
        _l("The language versions required by law exist and bear the same version number"),
        _l("A citizen who reads another language has the right to the same text."),
        _l("Practice of the United Kingdom"),
        languages_of_the_law_exist,
    ),
    Check(
        "G4",
        CABINET,
        INFO,
        _l("A public copy is published, with its address and date"),
        _l("A plan that nobody can read cannot be held to account."),
        "S/2007/567 ¶6, ¶46",
        public_copy_is_out,
    ),
)
