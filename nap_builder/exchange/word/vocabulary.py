"""The words by which a Word file's columns, rows and sections are known, in English, French and Arabic.

Folded: small letters, without accents and vowel marks. What is more special stands before what is more general.
"""

import re
from functools import cache

from nap_builder.kernel.languages import folded

NUMBER, PILLAR, OBJECTIVE, OUTPUT, ACTIVITY = "number", "pillar", "objective", "output", "activity"
EXPECTED, LEAD, SUPPORTING, PARTNERS = "expected_result", "lead", "supporting", "partners"
START, END, TIME = "starts", "ends", "time_as_stated"
INDICATOR, BASELINE, TARGET, SOURCE = "indicator", "baseline", "target", "means_of_verification"
COST, FUNDING, NOTE, NOTHING = "cost", "funding", "note", ""
LEVELS = (PILLAR, OBJECTIVE, OUTPUT, ACTIVITY)

_PARTNERS = r"partner|partenaire|شركاء|شريك|الشريكه"
COLUMNS: tuple[tuple[str, str], ...] = (
    (
        SOURCE,
        (
            r"verification|verifiable|sources? of (data|information)|data sources?"
            r"|sources? des? (donnees|l.?information)"
            r"|sources? d.?information|مصادر? (البيانات|التحقق|المعلومات)|وسائل التحقق|وسيله التحقق"
        ),
    ),
    (
        FUNDING,
        (
            r"fund(ing|s|ed)?\b|financing|sources? of (budget|financ)|donors?|bailleurs?|financement|sources? de fin"
            r"|تمويل|التمويل|الممول|المانح"
        ),
    ),
    (BASELINE, r"baseline|base line|reference|situation de depart|donnees de base|خط الاساس|خط الأساس|القيمه المرجعيه"),
    (TARGET, r"\btargets?\b|cibles?|valeurs? vis|مستهدف|القيمه المستهدفه|الغايه"),
    (
        SUPPORTING,
        r"support|contribut|co.?lead|secondary|appui|associee?s|الداعمه|داعم|المسانده|المساهمه|المشاركه",
    ),
    (PARTNERS, _PARTNERS),
    (
        EXPECTED,
        r"expected (result|outcome|change)|\bresults?\b|resultats?|deliverable|livrable|النتائج|النتيجه|نتائج|نتيجه",
    ),
    (
        LEAD,
        (
            r"\blead|responsib|responsab|accountab|implementing|implementer|in charge|chef de file|pilote|executant"
            r"|maitre d.?oeuvre|ministr|institution|agenc|المسوول|الجهه|جهه التنفيذ|المنفذ"
        ),
    ),
    (START, r"\bstart|\bbegin|\bfrom\b|date de debut|\bdebut|البدايه|بدايه|تاريخ البدء|البدء"),
    (
        END,
        r"\bend\b|\bends\b|\bend date|deadline|\bdue\b|completion|\bfin\b|date de fin|echeance|النهايه|نهايه|الانتهاء",
    ),
    (
        TIME,
        (
            r"time|period|schedule|\bwhen\b|\byears?\b|\bdates?\b|calendrier|delais?|periode|duree|chronogramme|annees?"
            r"|زمني|المده|الفتره|التوقيت|موعد|السنه|المواعيد"
        ),
    ),
    (INDICATOR, r"indicator|indicateur|موشر|الموشر"),
    (COST, r"cost|budget|amount|resourc|cout|montant|ressourc|تكلفه|كلفه|ميزانيه|موازنه|الموارد|المبلغ"),
    (OUTPUT, r"output|produit|extrant|مخرج"),
    (OBJECTIVE, r"objective|objectif|outcome|\bgoals?\b|effet|هدف|الاهداف|اهداف"),
    (
        PILLAR,
        r"pillar|pilier|\baxes?\b|line of effort|thematic|theme|priority area|domaine|محور|ركيزه|المحاور|الركائز|مجال",
    ),
    (
        ACTIVITY,
        r"activit|\bactions?\b|intervention|\bmeasures?\b|\bmesures?\b|\btasks?\b|initiative|نشاط|انشطه|اجراء|تدابير|تدخل",
    ),
    (NOTE, r"note|comment|remark|remarque|observation|ملاحظ"),
    (NUMBER, r"(no|nr|num|number|n[°ºo]|#|code|ref|s/?n|numero|رقم|الرقم|م|ت|الرمز)[. ]*"),
)
ONCE = frozenset({NUMBER, PILLAR, OBJECTIVE, OUTPUT, ACTIVITY, START, END})
ROWS: tuple[tuple[str, str], ...] = (
    (OUTPUT, r"output|produit|extrant|المخرج|مخرج"),
    (
        OBJECTIVE,
        (
            r"(strategic |specific |general )?objective|objectif( strategique| specifique| general)?|outcome|goal|effet"
            r"|الهدف( الاستراتيجي| العام| الخاص)?|هدف"
        ),
    ),
    (
        PILLAR,
        (
            r"(thematic )?pillar|pilier|axe( strategique)?|theme|line of effort|priority( area)?|domaine|المحور|محور"
            r"|الركيزه|ركيزه"
        ),
    ),
    (ACTIVITY, r"activity|activite|action|النشاط|نشاط|الاجراء"),
)

FRONT, BODY, ANNEX = "front", "body", "annex"
IN_ANNEX = r"annex(es?)?\b|appendix|appendices|ملحق|ملاحق|الملحق|الملاحق|مرفق|المرفق"
ANNEXES: tuple[tuple[str, str], ...] = (
    ("annex-law", r"\blaws?\b|legal|resolutions?|juridique|textes|قانون|قرارات"),
    ("annex-consulted", r"consult|participant|personnes|مشاور|المشاركين|استشار"),
    ("annex-method", r"method|منهجيه|المنهجيه"),
)
PARTS: tuple[tuple[str, str, str], ...] = (
    ("foreword", FRONT, r"foreword|preface|avant.?propos|تمهيد|كلمه|توطيه|تصدير"),
    ("acknowledgements", FRONT, r"acknowledg|remerciement|شكر"),
    (
        "key-terms",
        FRONT,
        r"abbreviation|acronym|glossary|definitions?|key terms|sigles|glossaire|termes|اختصار|مصطلح|مسرد|تعاريف",
    ),
    ("summary", FRONT, r"summary|resume|synthese|ملخص|الملخص|موجز"),
    ("civil-society", BODY, r"civil society|societe civile|المجتمع المدني"),
    ("legal-frame", BODY, r"legal|normative|policy (frame|context)|juridique|normatif|القانوني|المعياري"),
    ("lessons", BODY, r"lessons?|achievements?|enseignements?|lecons|bilan|الدروس|الانجازات"),
    (
        "how-made",
        BODY,
        r"how (this|the) plan|drafting|development (of|process)|\bprocess\b|elaboration|processus|اعداد",
    ),
    ("risks", BODY, r"\brisks?\b|risques?|مخاطر|المخاطر"),
    ("monitoring", BODY, r"monitoring|evaluation|\bsuivi\b|المتابعه|الرصد|التقييم|متابعه"),
    ("money", BODY, r"budget|financ|costing|\bcosts?\b|\bcouts?\b|ressources|الميزانيه|التمويل|الموارد|تمويل"),
    ("communication", BODY, r"communication|awareness|outreach|sensibilisation|التواصل|الاتصال|الاعلام"),
    (
        "who-does-what",
        BODY,
        (
            r"institutional|coordination|roles|responsibilit|governance|institutionnel|gouvernance|mise en (oe|œ)uvre"
            r"|implementation arrangement|الادوار|التنسيق|اليات التنفيذ|المسووليات|المؤسسي|الموسسي"
        ),
    ),
    ("local", BODY, r"\blocal|decentrali|territorial|المحلي|محلي"),
    ("vision", BODY, r"vision|theory of change|theorie du changement|رويه|الرويه"),
    (
        "framework",
        BODY,
        (
            r"results framework|strategic framework|\bmatri(x|ce)|pillars|piliers|action plan"
            r"|cadre (de resultats|strategique)|cadre logique|اطار النتائج|مصفوفه|المحاور|الاطار الاستراتيجي"
        ),
    ),
    ("situation", BODY, r"situation|context|analysis|analyse|etat des lieux|diagnostic|تحليل|الوضع|السياق"),
    ("why", BODY, r"introduction|rationale|\bwhy\b|background|justification|pourquoi|مقدمه|المقدمه|لماذا|المبررات"),
)
_KEY_LETTERS = str.maketrans(
    {"ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ـ": None, "’": "'"}
)
_SPACES = re.compile(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
_COUNTED = re.compile(
    r"(?:(?:chapter|part|section|chapitre|partie|annexe?|appendix|الفصل|القسم|الباب)\s+)?"
    r"(?:\d+(?:\.\d+)*|[ivxl]+|[a-h])[.):\-–—]+\s+|(?:\d+(?:\.\d+)*)\s+"
)


def plain(text: str) -> str:
    """A text as it is compared: folded, Arabic letters that are often written one for another made one."""
    return _SPACES.sub(" ", folded(text).translate(_KEY_LETTERS)).strip()


@cache
def words(pattern: str) -> re.Pattern[str]:
    """The words of a list as they are sought in a text that `plain` made ready."""
    return re.compile(pattern.translate(_KEY_LETTERS))


def known(text: str, among: tuple[tuple[str, str], ...]) -> str | None:
    """The first thing of a list whose words a text holds; None where it holds none."""
    said = plain(text)
    return next((name for name, pattern in among if words(pattern).search(said)), None)


def same(text: str) -> str:
    """A title as another is compared with it: without number and without signs at its ends."""
    said = plain(text)
    return _SIGNS.sub("", _COUNTED.sub("", said, count=1)) or said


def column_of(head: str) -> str:
    """What a column probably holds, by its head; `note` where no word is known, `number` only by the whole head."""
    said = plain(head)
    for name, pattern in COLUMNS:
        found = words(pattern).fullmatch(said) if name == NUMBER else words(pattern).search(said)
        if found:
            return name
    return TIME if re.fullmatch(r"(19|20)\d\d", said) else NOTE


def names_partners(head: str) -> bool:
    """Whether a column's head says that partners stand in it, among others."""
    return bool(words(_PARTNERS).search(plain(head)))


def standard_part(title: str) -> tuple[str | None, str]:
    """The key of the standard part that a title names, or None; and its place: front, body or annex."""
    said = plain(title)
    if words(rf"(?:\W*|\w{{1,4}}[.)]\s*)(?:{IN_ANNEX})").match(said):
        return known(said, ANNEXES), ANNEX
    for key, place, pattern in PARTS:
        if words(pattern).search(said):
            return key, place
    return None, BODY
