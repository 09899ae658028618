"""How long a plan of many activities takes to print, and how much memory the child needs.

    .venv/bin/python benchmarks/print_5000.py 5000

Last figures (two cores, one in use; Debian 12, Python 3.11; WeasyPrint 70.0):

| plan                        | pages | seconds of processor | memory of the child |
|-----------------------------|------:|---------------------:|--------------------:|
| usa-2023 (26 activities)    |    16 |                    2 |              106 MB |
| full (12, every member)     |    28 |                    3 |              142 MB |
| 500 activities              |   116 |                   14 |              421 MB |
| 5,000 activities            |   716 |                  122 |             2.7 GB  |

Memory grows with the pages, about 3.5 MB for each, since the engine lays out the whole document before it writes.
"""

import resource
import sys
import time
from datetime import date
from typing import Any

from nap_builder.publishing.edition import Edition
from nap_builder.publishing.renderers.pdf import render_pdf

MINISTRIES = ("MWA", "MOD", "MOI", "MFA", "MOJ", "MOF")


def activity(place: int, code: str) -> dict[str, Any]:
    """One activity with what a costed plan says of it."""
    return {
        "code": code,
        "title": f"Activity {place}: train, equip and send people to every district of the country",
        "lead": MINISTRIES[place % 6],
        "supporting": [MINISTRIES[(place + 1) % 6]],
        "starts": "2027-07",
        "ends": "2029",
        "costing": "costed",
        "expected_result": "Staff trained in each of the districts",
        "budget": [{"amount": str(1000 * (place % 97 + 3)), "year": 2027 + place % 4, "funding": "secured"}],
    }


def plan(count: int) -> dict[str, Any]:
    """A plan of five pillars with ten objectives each, and so many activities in all."""
    pillars = []
    for first in range(1, 6):
        objectives = []
        for second in range(1, 11):
            codes = [f"{first}.{second}.{third}" for third in range(1, count // 50 + 1)]
            rows = [activity(place, code) for place, code in enumerate(codes)]
            objectives.append({"code": f"{first}.{second}", "title": "What is to change", "activities": rows})
        pillars.append({"code": str(first), "title": f"Pillar {first}", "objectives": objectives})
    return {
        "format": "nap-plan/1",
        "plan": {
            "slug": "many",
            "title": "A plan of many activities",
            "country": "XTA",
            "starts": "2027-01-01",
            "ends": "2030-12-31",
            "languages": ["en"],
        },
        "institutions": [{"code": code, "name": f"Ministry {code}", "kind": "ministry"} for code in MINISTRIES],
        "pillars": pillars,
    }


def main() -> None:
    """Prints one plan and says what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    began = time.monotonic()
    pdf = render_pdf(plan(count), Edition("en", draft=True, dated=date(2027, 1, 1)))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(
        f"{count} activities: {len(pdf) // 1000} kB, {time.monotonic() - began:.0f} s on the clock,"
        f" {used.ru_utime + used.ru_stime:.0f} s of processor, {used.ru_maxrss // 1024} MB\n"
    )


if __name__ == "__main__":
    main()
