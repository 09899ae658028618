"""The text that a letter begins with, to be edited, in each language of the plan that the program speaks."""

from nap_builder.consultations.models.records import Consultation
from nap_builder.kernel.languages import _, speaking, words_in

SPOKEN = ("en", "fr", "ar")


def first_text(consultation: Consultation, kind: str) -> dict[str, str]:
    """What a letter of this kind (a key of LETTER_KINDS) says at first, by language."""
    languages = [tag for tag in consultation.plan.languages if tag.split("-")[0] in SPOKEN]
    found = {}
    for language in languages:
        with speaking(language):
            found[language] = _launch(consultation) if kind == "launch" else _follow_up(consultation)
    return found


def _launch(consultation: Consultation) -> str:
    return "\n\n".join(
        (
            _("To whom it may concern,"),
            _(
                "The task force is preparing “%(plan)s”, and asks for your contribution: “%(title)s”.",
                plan=words_in(consultation.plan.title),
                title=words_in(consultation.title),
            ),
            _(
                "Say what your organisation has done for women, peace and security, what the plan should do, and what "
                "you would take on. Name sections, activities or indicators by their number where you can."
            ),
            _("Every contribution is answered with a reason, and the answers are published."),
            _("Do not write a survivor’s story, or anything by which a person could be known."),
            _("Answer by the day that this letter names, in any language, to the secretariat of the task force."),
        )
    )


def _follow_up(consultation: Consultation) -> str:
    return "\n\n".join(
        (
            _("To whom it may concern,"),
            _("We wrote to you about “%(title)s”, and have no answer yet.", title=words_in(consultation.title)),
            _("An answer in a few lines helps too, and so does one that says that you have nothing to add."),
            _("Do not write a survivor’s story, or anything by which a person could be known."),
            _("Answer by the day that this letter names, in any language, to the secretariat of the task force."),
        )
    )
