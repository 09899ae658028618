"""The chapter "How this plan was made", drafted from the log: what was done, and honestly what was not.

It is a draft for the secretariat to change. It names no person, no organisation, and no small number of people.
"""

from collections.abc import Iterator, Sequence

from nap_builder.consultations.names import CHANNELS, DECISIONS, SEXES, STAGES, WITH_WHOM
from nap_builder.consultations.queries.log import Log
from nap_builder.consultations.queries.stages import NO, UNKNOWN
from nap_builder.kernel.languages import _, _n, day, listed, number, speaking, words_in

SECTION = "how-made"  # the key that templates and imported Word files give the section that is meant for it


def titles(languages: Sequence[str]) -> dict[str, str]:
    """The title of the chapter in each language."""
    found = {}
    for language in languages:
        with speaking(language):
            found[language] = _("How this plan was made")
    return found


def in_every_language(log: Log, languages: Sequence[str]) -> dict[str, str]:
    """The chapter in each language, its paragraphs parted by blank lines; the same paragraphs in every one."""
    found = {}
    for language in languages:
        with speaking(language):
            found[language] = "\n\n".join(" ".join(part) for part in map(list, _paragraphs(log)) if part)
    return found


def _paragraphs(log: Log) -> Iterator[Iterator[str]]:
    yield _held(log)
    yield _took_part(log)
    yield _said(log)
    yield _gaps(log)


def _held(log: Log) -> Iterator[str]:
    if not log.consultations:
        yield _("No public consultation on this plan is recorded yet.")
        return
    yield _n(
        "%(num)s consultation was held on this plan.",
        "%(num)s consultations were held on this plan.",
        log.consultations,
    )
    if log.first and log.last and log.first != log.last:
        yield _("They took place from %(first)s to %(last)s.", first=day(log.first), last=day(log.last))
    elif log.first:
        yield _("It began on %(day)s.", day=day(log.first))
    if log.regions:
        names = listed(words_in(name) for name in log.regions)
        yield _n(
            "%(num)s region was visited: %(names)s.",
            "%(num)s regions were visited: %(names)s.",
            len(log.regions),
            names=names,
        )
    if log.without_place:
        yield _n(
            "Of %(num)s of them, place and day are not told, so that nobody comes to harm.",
            "Of %(num)s of them, places and days are not told, so that nobody comes to harm.",
            log.without_place,
        )


def _took_part(log: Log) -> Iterator[str]:
    if log.with_whom:
        yield _("Those asked were: %(groups)s.", groups=listed(str(WITH_WHOM[group]) for group in log.with_whom))
    if log.people is None:
        return
    if not log.people:
        yield _("A few people took part.")
        return
    if log.is_whole:
        yield _n("%(num)s person took part.", "%(num)s people took part.", log.people)
    else:
        yield _n(
            "At least %(num)s person took part.",
            "At least %(num)s people took part.",
            log.people,
        )
    if log.sexes:
        counts = (_("%(group)s: %(count)s", group=SEXES[sex], count=number(count)) for sex, count in log.sexes.items())
        yield _("By sex: %(counts)s.", counts=listed(counts))


def _said(log: Log) -> Iterator[str]:
    if not log.contributions:
        return
    yield _n(
        "%(num)s contribution was made.",
        "%(num)s contributions were made.",
        log.contributions,
    )
    if log.channels:
        yield _("They came in these ways: %(ways)s.", ways=listed(str(CHANNELS[one]) for one in log.channels))
    if log.decisions:
        answers = (
            _("%(group)s: %(count)s", group=DECISIONS[one], count=number(count)) for one, count in log.decisions.items()
        )
        yield _("They were answered as follows: %(answers)s.", answers=listed(answers))
    if log.changed:
        yield _n(
            "The plan was changed in answer to %(num)s of them or of their groups.",
            "The plan was changed in answer to %(num)s of them or of their groups.",
            log.changed,
        )


def _gaps(log: Log) -> Iterator[str]:
    if log.regions_without:
        names = listed(words_in(name) for name in log.regions_without)
        yield _("No consultation is recorded in: %(names)s.", names=names)
    if log.consultations and log.not_reached:
        groups = listed(str(WITH_WHOM[group]) for group in log.not_reached)
        yield _("No consultation is recorded with: %(groups)s.", groups=groups)
    if log.uncounted:
        yield _n(
            "At %(num)s of them nobody counted who took part.",
            "At %(num)s of them nobody counted who took part.",
            log.uncounted,
        )
    if log.unanswered:
        yield _n("%(num)s contribution has no answer yet.", "%(num)s contributions have no answer yet.", log.unanswered)
    for line in log.stages:
        if line.part == NO:
            reason = words_in(line.text) or _("No reason is recorded.")
            yield _("%(stage)s: women’s groups did not take part. %(reason)s", stage=STAGES[line.stage], reason=reason)
    last = max((at for at, line in enumerate(log.stages) if line.part != UNKNOWN), default=0)  # what follows may come
    silent = [str(STAGES[line.stage]) for line in log.stages[:last] if line.part == UNKNOWN]
    if silent:
        yield _("Of these stages nothing is recorded: %(stages)s.", stages=listed(silent))
