"""How long a plan of many activities takes to print, and how much memory that needs.

    .venv/bin/python benchmarks/print_many_activities.py 2000

Pieces are laid out two at a time, and each process ends with its pieces, so that memory grows with the largest of them
rather than with the pages. Last figures (two cores; Debian 12, Python 3.11; WeasyPrint 70.0):

    26 activities:   21 pages,  109 kB,  2 s, at most 153 MB
    500 activities:  100 pages,  718 kB,  5 s, at most 192 MB
    2000 activities: 300 pages, 2235 kB, 15 s, at most 431 MB
"""

import sys
import time
from datetime import date
from typing import Any

from print_150_pages import most_memory, pages

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
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    began = time.monotonic()
    with most_memory() as most:
        pdf = render_pdf(plan(count), Edition("en", draft=True, dated=date(2027, 1, 1)))
    seconds = time.monotonic() - began
    sys.stdout.write(
        f"{count} activities: {pages(pdf)} pages, {len(pdf) // 1000} kB, {seconds:.0f} s, at most {most[0]} MB\n"
    )


if __name__ == "__main__":
    main()
