"""What a Word file probably is: its language, its title, its period. A person sees each guess and may change it."""

import re
import unicodedata
from collections import Counter
from datetime import date
from itertools import islice

from nap_builder.exchange.word.contents import Contents, Paragraph, Table
from nap_builder.exchange.word.times import western

_LOOKED_AT = 400  # paragraphs
_BEGINNING = 30
_LONGEST_TITLE = 300
_COMMON = {
    "en": frozenset("the of and to in for is are that with by on be will this from which women".split()),
    "fr": frozenset("le la les des du et en pour est sont que dans par sur une au aux ce cette femmes".split()),
    "es": frozenset("el los las de del y en para es son que con por una al se su mujeres".split()),
    "pt": frozenset("o os as do da dos das e em para que com por uma ao se sua mulheres não".split()),
}
_OF_PERSIAN = frozenset("پچژگ")
_WORD = re.compile(r"[^\W\d_]+")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|—|/|to|à|au|إلى|الى)\s*((?:19|20)\d\d)(?!\d)")


def language_of(contents: Contents) -> str:
    """The language (BCP 47) of most of a file's words; English where nothing tells."""
    text = " ".join(_texts(contents))
    letters = Counter(unicodedata.name(sign, "").partition(" ")[0] for sign in text[:20_000] if sign.isalpha())
    if letters["ARABIC"] * 2 > sum(letters.values()):
        return "fa" if sum(text.count(sign) for sign in _OF_PERSIAN) * 50 > letters["ARABIC"] else "ar"
    if letters["CYRILLIC"] * 2 > sum(letters.values()):
        return "ru"
    words = Counter(_WORD.findall(text.lower()))
    scores = {language: sum(words[word] for word in common) for language, common in _COMMON.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] else "en"


def title_of(contents: Contents) -> str:
    """The title: what bears the style of one, else what the file's properties say, else its first bold line."""
    beginning = [block for block in contents.blocks[:_BEGINNING] if isinstance(block, Paragraph) and block.text]
    styled = " ".join(paragraph.text for paragraph in beginning if paragraph.title)
    bold = next((one.text for one in beginning if one.bold and not one.level), "")
    first = next((one.text for one in beginning), "")
    return (styled or contents.named or bold or first)[:_LONGEST_TITLE]


def period_of(contents: Contents) -> tuple[date, date] | None:
    """The first and last day that the first lines of a file name as years, such as 2027–2031."""
    beginning = [block.text for block in contents.blocks[:_BEGINNING] if isinstance(block, Paragraph)]
    for text in (contents.named, *beginning):
        found = _PERIOD.search(western(text))
        if found and int(found[1]) <= int(found[2]):
            return date(int(found[1]), 1, 1), date(int(found[2]), 12, 31)
    return None


def _texts(contents: Contents) -> list[str]:
    found = []
    for block in islice(contents.blocks, _LOOKED_AT):
        if isinstance(block, Table):
            found += [cell.text for row in block.rows[:20] for cell in row]
        else:
            found.append(block.text)
    return found
