"""The words of the long plan: what its sentences are made of, and its results matrix from `word_matrix.txt`."""

from pathlib import Path

SHORTS = (
    ("CSO", "Civil society organisation"),
    ("GBV", "Gender-based violence"),
    ("MoD", "Ministry of Defence"),
    ("MoI", "Ministry of the Interior"),
    ("NAP", "National Action Plan"),
    ("UNSCR", "United Nations Security Council resolution"),
    ("WPS", "Women, peace and security"),
)
CHAPTERS = (
    ("Foreword", ("To the reader",)),
    ("Legal and policy framework", ("International obligations", "National law", "Policies of the ministries")),
    ("Situation of women in peace and security", ("At home", "In uniform", "In flight and return", "At the table")),
    ("Lessons of the first plan", ("What was kept", "What was not kept", "What we change")),
    ("How this plan was made", ("Who wrote it", "Who was heard", "What was taken up")),
    ("Vision and theory of change", ("The vision", "What must be different", "What we assume")),
    ("Institutional arrangements", ("The task force", "The focal points", "The secretariat", "Parliament")),
    ("Role of civil society", ("Partners in the work", "Watching from outside", "Money for organisations")),
    ("Local plans", ("Districts", "Elders and councils", "Languages")),
    ("Monitoring and evaluation", ("Figures", "Reports", "Mid-term review", "Final evaluation")),
    ("Budget and financing", ("What it costs", "Who pays", "What is lacking")),
    ("Communication", ("In the media", "In schools", "In the barracks")),
)
ACTORS = (
    "the Ministry of Defence",
    "the Ministry of the Interior",
    "the Ministry of Justice",
    "each district council",
    "the women’s network of the Eastern Border",
    "the statistics office",
    "the task force",
    "a committee of parliament",
    "every police post",
    "the school of peacekeeping",
    "the union of rural women",
    "the hospital of Velm",
)
DOINGS = (
    "writes down who was heard and what was answered",
    "opens its doors to women who seek protection",
    "publishes how many women serve, and in which ranks",
    "asks women’s organisations before it decides",
    "sets money aside in its own budget",
    "trains its staff once a year, and tests what they know",
    "names a person who answers for the promises made here",
    "keeps the figures apart by sex, age and region",
    "pays the journey of those who come from far away",
    "examines each complaint within thirty days",
    "reviews its rules of recruitment and promotion",
    "reports to the task force every six months",
)
PLACES = (
    "in the Northern Valleys",
    "along the Eastern Border",
    "on the Coast",
    "in the capital district",
    "in the camps of the displaced",
    "at the two border crossings",
    "in the garrison towns",
    "in all 42 districts",
)
TIMES = (
    "in the first year",
    "before the elections of 2029",
    "twice a year",
    "by the end of the plan",
    "from the start",
)
FORMS = (
    "{who} {does} {where}.",
    "{when}, {who} {does}.",
    "{where}, {who} {does}, and says so in public.",
    "What the first plan left open is settled here: {who} {does} {when}.",
    "Women said in the hearings that this matters most {where}; {who} therefore {does}.",
    "{who} {does} {where} {when}, together with those who live there.",
    "No new law is needed for this: {who} {does} under the Equality Act 2020.",
    "It is not enough that {who} {does}; it must also be seen {where}.",
)
LISTS = (
    (
        "The hearings brought up four points again and again:",
        (
            "roads on which women travel safely;",
            "work that is paid;",
            "courts that hear them;",
            "schools that stay open.",
        ),
    ),
    (
        "Three things are asked of each ministry:",
        ("a focal point with a deputy;", "a line in the budget;", "a report twice a year."),
    ),
)
NOTES = (
    "Security Council resolution 1325 (2000), paragraph 1.",
    "Equality Act 2020, section 14.",
    "Household survey of 2025, table 7.",
    "Report of the hearings, page 31.",
)
ANNEX = (
    ("Union of rural women", "Velm", "3 March 2026"),
    ("Association of widows", "Northern Valleys", "17 March 2026"),
    ("Bar Association", "Velm", "9 April 2026"),
    ("Council of elders", "Eastern Border", "21 April 2026"),
    ("Network of women in uniform", "Velm", "5 May 2026"),
    ("Young women for peace", "Coast", "19 May 2026"),
)

_MATRIX = Path(__file__).with_name("word_matrix.txt")


def _matrix() -> tuple[tuple[str, tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]], ...]:
    pillars: list[tuple[str, list[tuple[str, list[tuple[str, ...]]]]]] = []
    for line in _MATRIX.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            pillars.append((line[2:], []))
        elif line.startswith("## "):
            pillars[-1][1].append((line[3:], []))
        else:
            pillars[-1][1][-1][1].append(tuple(part.replace("\\n", "\n") for part in line.split("|")))
    return tuple((name, tuple((title, tuple(rows)) for title, rows in objectives)) for name, objectives in pillars)


MATRIX = _matrix()
