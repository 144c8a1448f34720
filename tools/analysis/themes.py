"""What feedback is about: a retail lexicon first, and clusters of what it does not know.

A text may have several themes, so shares do not add up to 100 %. A text is critical when its rating is in the lowest
two fifths of the scale, or when it has no rating and complains in words. Quotes are cleaned of people before they are
shown: names of staff, e-mail addresses, telephone and card numbers, links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

THEMES: tuple[tuple[str, str], ...] = (
    (
        "Waiting time",
        (
            r"wait(?:ed|ing|s)?|queu\w+|long lines?|lines? (?:was|were|are|is) (?:too |so |very )?long"
            r"|slow (?:check\w*|service|tills?)|took (?:ages|forever|too long)"
            r"|(?:only|just) one (?:till|register|checkout|cashier|lane)|lines? at the (?:till|check\w*)"
        ),
    ),
    (
        "Availability",
        (
            r"out of stock|sold out|empty shel\w+|shel\w+ (?:(?:was|were|are|is) )?(?:half |always |often )?empty"
            r"|(?:didn'?t|don'?t|did not|do not|never) have|no (?:stock|more left)|unavailable"
            r"|not (?:in stock|available)|ran out|couldn'?t find|could not find|missing items?|always out of"
        ),
    ),
    (
        "Staff",
        (
            r"staff|cashiers?|employees?|associates?|assistants?|manager|rude|friendl\w+|unfriendl\w+|helpful"
            r"|unhelpful|polite|impolite|customer service|attitude|ignored (?:me|us)|welcom\w+"
        ),
    ),
    (
        "Price",
        (
            r"pric(?:e|es|ey|ing|ed)|expensive|cheap\w*|overpriced|afford\w*|value for money|discounts?|promotions?"
            r"|offers?|coupons?|rip-?off|costs? too much"
        ),
    ),
    (
        "Cleanliness",
        (
            r"clean\w*|dirt\w*|filthy|messy|smell\w*|sticky floor|toilets?|restrooms?|bathrooms?|untidy|tidy|hygien\w*"
            r"|spill\w*"
        ),
    ),
    (
        "Quality and freshness",
        (
            r"quality|fresh\w*|stale|mould\w*|mold\w*|rotten|expired|out of date|spoil\w*|went off|bad taste|tast\w+"
            r"|delicious|bruised"
        ),
    ),
    (
        "Checkout and payment",
        (
            r"self[- ]?checkouts?|self[- ]?service|card (?:machine|reader|payment)|payment|contactless|overcharged"
            r"|charged (?:me )?twice|receipts?|scanner"
        ),
    ),
    (
        "Returns and refunds",
        (r"returns?|returned|refund\w*|exchange\w*|money back|warrant\w*|faulty|broken|defect\w*|damaged"),
    ),
    (
        "Range",
        (
            r"selection|variety|range|choice|assortment|more (?:options|brands)|stopped (?:selling|carrying|stocking)"
            r"|discontinued|gluten[- ]free options|vegan options"
        ),
    ),
    (
        "Parking and access",
        (r"park(?:ing|ed)?|car park|wheelchair|accessib\w*|stroller|entrance|trolley|trolleys|carts?|bus stop"),
    ),
    (
        "Opening hours",
        (
            r"opening hours|open(?:ing|ed)? (?:earlier|later|late|early|on sunday\w*)|closes? (?:too )?early"
            r"|was closed|were closed|hours"
        ),
    ),
    (
        "Online and pickup",
        (
            r"online|website|app\b|click and collect|pick-?up|curbside|deliver\w*|substitut\w*"
            r"|order(?:ed)? (?:was|were) (?:late|wrong|missing)"
        ),
    ),
    (
        "Layout",
        (
            r"layout|lay-?out|signs?|signage|aisles?|rearrang\w*|moved everything|hard to find|easy to find|cramped"
            r"|crowded|narrow"
        ),
    ),
    (
        "Atmosphere",
        (r"music|too (?:loud|hot|cold)|air con\w*|heating|lighting|atmosphere|decor\w*|cozy|cosy"),
    ),
)
"""Name and pattern of each theme, over whole words."""

_PATTERNS = tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in THEMES)
_COMPLAINS = re.compile(
    r"\b(?:bad|worst|terrible|awful|horrible|poor|disappoint\w*|rude|dirty|filthy|slow|never again|unacceptable"
    r"|disgust\w*|unfriendly|unhelpful|expensive|overpriced|broken|rotten|stale|expired|mou?ldy|waited|wrong"
    r"|missing|empty|out of stock|annoy\w*|frustrat\w*|complain\w*"
    r"|not (?:good|happy|clean|fresh|available|working)|too (?:long|expensive|slow|few)"
    r")\b",
    re.IGNORECASE,
)
LEAST_CLUSTERED = 8
LEAST_OF_A_THEME = 2
_MOST_CLUSTERS = 4
_WORD = r"[a-zà-ÿ]{3,}"
_STAFF = "[a member of staff]"
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SCRUBS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"(?<![\w.])(?:\d[ -]?){13,19}(?!\w)"), "[number]"),
    (
        re.compile(
            r"(?<![\w.])(?!\d{4}-\d{2}-\d{2}(?!\d))(?:\+\d{1,3}[ .-]?)?\(?\d{2,4}\)?(?:[ ./-]?\d{2,4}){2,5}(?!\w)"
        ),
        "[number]",
    ),
    (re.compile(r"(?<!\w)[@#]\w{2,}"), "[handle]"),
    (
        re.compile(
            r"(?P<lead>\b(?i:my name is|name (?:is|was)|named|called|cashier|manager|assistant|employee|associate"
            r"|mr\.?|mrs\.?|ms\.?|dr\.?|lady|guy) )(?P<name>(?!I\b)[A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)?)"
        ),
        r"\g<lead>[name]",
    ),
)


@dataclass(frozen=True, slots=True)
class Note:
    """One piece of feedback. ``rating`` is on the source's scale, None where it gave none."""

    text: str
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """What several notes are about. ``places`` are theirs, in order; ``known`` is false for a cluster."""

    name: str
    places: tuple[int, ...]
    critical: int
    mean_rating: Decimal | None
    known: bool = True


def scale_of(notes: Sequence[Note]) -> int:
    """The top of the rating scale: 5, 10 or 100, the least that holds every rating."""
    highest = max((note.rating for note in notes if note.rating is not None), default=5)
    return next((top for top in (5, 10) if highest <= top), 100)


def is_critical(note: Note, scale: int) -> bool:
    """Whether a note complains: by its rating where it has one, else by its words."""
    if note.rating is not None:
        return note.rating * 5 <= scale * 2
    return bool(_COMPLAINS.search(note.text))


def mean_rating(notes: Sequence[Note]) -> Decimal | None:
    """The mean of the ratings there are, unrounded."""
    ratings = [note.rating for note in notes if note.rating is not None]
    return Decimal(sum(ratings)) / len(ratings) if ratings else None


def themes_of(text: str) -> tuple[str, ...]:
    """The known themes that a text speaks of."""
    return tuple(name for name, pattern in _PATTERNS if pattern.search(text))


def themes(notes: Sequence[Note], scale: int, least: int = LEAST_OF_A_THEME) -> list[Theme]:
    """The themes of the notes, those with the most critical notes first; what is known to none is clustered.

    ``least`` is how many notes make a theme.
    """
    found: dict[str, list[int]] = {}
    rest: list[int] = []
    for place, note in enumerate(notes):
        named = themes_of(note.text)
        for name in named:
            found.setdefault(name, []).append(place)
        if not named and note.text.strip():
            rest.append(place)
    made = [_theme(name, places, notes, scale) for name, places in found.items()]
    made += [_theme(name, places, notes, scale, known=False) for name, places in _clusters(notes, rest)]
    kept = [theme for theme in made if len(theme.places) >= least]
    return sorted(kept, key=lambda theme: (-theme.critical, -len(theme.places), theme.name))


def _theme(name: str, places: Sequence[int], notes: Sequence[Note], scale: int, *, known: bool = True) -> Theme:
    own = [notes[place] for place in places]
    return Theme(name, tuple(places), sum(is_critical(note, scale) for note in own), mean_rating(own), known)


def _clusters(notes: Sequence[Note], places: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Texts that the lexicon does not know, gathered by their words and named by the words that mark them."""
    if len(places) < LEAST_CLUSTERED:
        return []
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    vectors = TfidfVectorizer(token_pattern=_WORD, stop_words="english", min_df=2, sublinear_tf=True)
    try:
        rows = vectors.fit_transform([notes[place].text.lower() for place in places])
    except ValueError:
        return []  # no word is in two of them, so they have nothing in common
    dimensions = min(20, min(rows.shape) - 1)
    points = rows.toarray()
    if dimensions >= 2:
        points = normalize(TruncatedSVD(dimensions, random_state=0).fit_transform(rows))
    different = len(np.unique(points.round(6), axis=0))
    count = min(_MOST_CLUSTERS, max(1, len(places) // 5), different)
    labels = KMeans(count, random_state=0, n_init=10).fit_predict(points)
    words = vectors.get_feature_names_out()
    made = []
    for label in range(count):
        inside = [index for index, own in enumerate(labels) if own == label]
        weights = np.asarray(rows[inside].sum(axis=0)).ravel()
        best = [
            str(words[index]) for index in np.lexsort((np.arange(len(weights)), -weights))[:3] if weights[index] > 0
        ]
        members = [index for index in inside if rows[index].nnz]
        if best and len(members) >= LEAST_OF_A_THEME:
            made.append((f"Other: {', '.join(best)}", [places[index] for index in members]))
    return made


def scrubbed(text: str, staff: Sequence[str] = ()) -> str:
    """A text without hidden characters and without what names or reaches a person, on one line.

    Args:
        text: as it was written.
        staff: full names of staff; their first and last names are taken out where they stand with a capital.
    """
    clean = " ".join(_HIDDEN.sub(" ", text).split())
    for name in sorted(staff, key=len, reverse=True):
        if name.strip():
            clean = re.sub(rf"(?<!\w){re.escape(name.strip())}(?!\w)", _STAFF, clean, flags=re.IGNORECASE)
    for part in {part for name in staff for part in name.split() if len(part) > 2 and part[0].isupper()}:
        clean = re.sub(rf"(?<![\w\[]){re.escape(part)}(?!\w)", _STAFF, clean)
    for pattern, instead in _SCRUBS:
        clean = pattern.sub(instead, clean)
    return re.sub(rf"(?:{re.escape(_STAFF)}\s*)+(?=\s|$)", _STAFF, clean)
