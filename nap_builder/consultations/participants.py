"""How many took part: which counts contradict each other, as pure functions. Counts are of people, never names."""

from nap_builder.consultations.names import AGES, SEXES, TRAITS
from nap_builder.kernel.languages import _

Counts = dict[str, int]
MEMBERS = ("total", *SEXES, *AGES, *TRAITS)


def completed(counts: Counts) -> Counts:
    """The counts, with the total that the sexes make where none is given."""
    sexes = [counts[name] for name in SEXES if name in counts]
    return counts if "total" in counts or not sexes else {**counts, "total": sum(sexes)}


def fault_in(counts: Counts) -> tuple[str, str] | None:
    """The first count that cannot be right (a key of MEMBERS) and why; None where they add up.

    Those by sex, once given, make the total; the ages and each trait are of people who are in it.
    """
    total = counts.get("total")
    if total is None:
        return ("total", _("Write how many people took part in all.")) if counts else None
    sexes = [counts[name] for name in SEXES if name in counts]
    if sexes and sum(sexes) != total:
        made = _("Those by sex make %(sum)s, and not %(total)s. Put whom you do not know under “Not disclosed”.")
        return "total", made % {"sum": sum(sexes), "total": total}
    ages = sum(counts.get(name, 0) for name in AGES)
    if ages > total:
        return next(name for name in AGES if name in counts), _(
            "Those by age make %(sum)s, more than the %(total)s who took part.", sum=ages, total=total
        )
    over = next((name for name in TRAITS if counts.get(name, 0) > total), None)
    return (over, _("This is more than the %(total)s who took part.", total=total)) if over else None
