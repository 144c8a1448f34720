"""Search by meaning without a language model: words, parts of words, words that are alike, and a list of synonyms.

Texts are weighed by TF-IDF over words and over character n-grams (misspellings, plurals). What is asked for is widened
by the labels' own words that are alike in meaning, “rodents” by “mouse”, as the table of ``word_vectors`` knows them;
and by a short list of what shoppers say for several things at once. Nothing is downloaded; the numbers are the same
every time.

Sources: Salton and Buckley 1988 (TF-IDF), Kuzi, Shtok and Kurland 2016 (widening a query by word vectors).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tools.analysis.word_vectors import word_vectors

LEAST_SCORE = 0.08
_MANY_TEXTS = 30_000
_WORD_SHARE, _PART_SHARE = 0.8, 0.2
_ALIKE = 0.45
"""The least cosine of a word that stands for another. Below it words share a field at most: “wet” and “weather”."""
_AS_GOOD_AS_SAID = 0.75
"""Words this much alike are forms or other names of one thing: “drinks” and “beverages”."""
_MOST_ALIKE = 12
_OF_A_KNOWN_WORD = 0.2
"""How much the like of a word counts that labels have themselves: whoever says “mug” means a mug before a cup."""
_CLOSE = 80
_LEAST_MENDED = 5
_WORD = re.compile(r"[a-z0-9]+")
_LABEL_WORD = r"[a-z0-9]{2,}"

SYNONYMS: tuple[tuple[str, str], ...] = (
    (
        r"barbecues?|bbq|grill(?:ing)?|cook-?out",
        "charcoal lighter fluid beef hot dogs sausage buns rolls ketchup sauces",
    ),
    (r"fizzy|soda|pop|cola|carbonated", "soft drinks carbonated water"),
    (r"sweets?|candy|lollies|confectionery", "candy chocolate"),
    (r"crisps|chips", "chips snacks potato"),
    (r"biscuits?|cookies?", "cookies crackers"),
    (r"nappies|diapers?", "diapers disposables"),
    (r"bab(?:y|ies)|infants?|toddlers?|newborns?", "baby infant diapers formula foods"),
    (r"kids?|children|toys?", "toys games candy"),
    (r"breakfast", "breakfast cereal eggs bacon bread pancake syrup yogurt hot cereal"),
    (r"lunch(?:box)?|packed lunch", "lunchmeat sandwiches bread cheese snacks fruit"),
    (r"party|birthday|celebration", "party cakes balloons candles soft drinks snacks trays paper housewares"),
    (
        r"vegan|plant[- ]based|dairy[- ]free|lactose",
        "nondairy dairyfree vegan soy plant oat almond tofu vegetables beans",
    ),
    (r"vegetarian|meat[- ]?free", "vegetables beans tofu cheese eggs meatless"),
    (r"gluten[- ]free|coeliac|celiac", "glutenfree rice restricted diet"),
    (r"healthy|wholesome|diet(?:ing)?|low[- ]fat", "fruit vegetables natural fitness diet salad yogurt vitamins"),
    (
        r"clean(?:ing|er)?|hoovering|scrub\w*|stains?",
        "household cleaning bleach detergents soap brooms mops paper towels",
    ),
    (r"laundry|wash(?:ing)? clothes|washing powder", "laundry detergents additives softener"),
    (r"dish(?:es|washing)?|washing[- ]up", "dishwash detergents"),
    (r"pets?|dogs?|pupp(?:y|ies)", "dog foods pet care"),
    (r"cats?|kittens?", "cat food litter pet care"),
    (r"colds?|flu|cough|sore throat|sneez\w+", "cold flu cough sinus allergy facial tissue vitamins"),
    (r"headaches?|pain(?:killers?)?|migraine", "analgesics pain"),
    (r"stomach|heartburn|indigestion", "antacids laxatives"),
    (r"allerg\w+|hay ?fever", "sinus allergy"),
    (r"plasters?|bandages?|cuts?|wounds?", "first aid bandages"),
    (r"skin|moistur\w+|lotion", "hand body facial lotion"),
    (r"hair|shampoo", "hair care shampoo conditioner"),
    (r"teeth|tooth\w*|dental|mouthwash", "oral hygiene toothpaste"),
    (r"shav\w+|razors?|beard", "shaving care razors"),
    (r"sun(?:screen|burn|cream)?|beach|summer", "suntan summer seasonal ice cream water"),
    (r"loo roll|toilet (?:paper|roll)|bog roll", "bath tissues"),
    (r"kitchen roll|napkins?", "paper towels dinner napkin"),
    (r"bin bags?|trash|garbage", "trash bags wraps"),
    (r"cling ?film|foil|wraps?", "wraps bags foil"),
    (r"spag\w*|pasta|italian|noodles?", "pasta noodles sauce tomatoes cheese"),
    (r"mexican|taco\w*|burrito\w*|tortillas?", "hispanic tortilla salsa beans"),
    (r"asian|chinese|stir[- ]?fry", "oriental soy rice noodles"),
    (r"curry|indian", "spices rice"),
    (r"bak(?:e|ing)|home ?baking", "baking mixes flour sugars extracts chocolate"),
    (r"spread|jam|marmalade", "jellies jams peanut butter honey"),
    (r"aubergines?", "eggplant"),
    (r"courgettes?", "zucchini squash"),
    (r"coriander", "cilantro herbs"),
    (r"rocket", "arugula salad"),
    (r"prawns?", "shrimp seafood"),
    (r"mince", "ground beef"),
    (r"wine|ros[eé]", "wine domestic imported"),
    (r"booze|alcohol|drinks? for adults", "beers ales wine liquor"),
    (r"lager|ale", "beers ales"),
    (r"energy|sports? drinks?", "isotonic energy drinks"),
    (r"brew|cuppa|hot drinks?", "coffee teas cocoa"),
    (r"ice cream|frozen treats?|lolly", "ice cream novelties sherbets"),
    (r"ready meals?|tv dinners?|quick dinner|microwave", "frozen dinners pizza heat serve prepared"),
    (r"christmas|xmas|advent", "christmas seasonal candy gift wrap"),
    (r"halloween|trick or treat", "halloween candy pumpkin"),
    (r"valentine\w*|romantic|anniversary", "valentine roses flowers candy cards"),
    (r"flowers?|bouquets?", "floral fresh cut roses bouquet"),
    (r"gifts?|presents?", "gift baskets cards wrap candy floral"),
    (r"school|homework|office|writing", "stationery school supplies"),
    (r"garden\w*|lawn", "lawn garden plants insecticides"),
    (r"mosquito\w*|ants?|bugs?|insects?", "insecticides repellent"),
    (r"power|torch|flashlight", "batteries electrical"),
    (r"car|motoring", "automotive fuel"),
    (r"smok(?:e|ing)|fags", "cigarettes tobacco smoking cessations"),
    (r"thirst\w*|hydrat\w+", "water juice isotonic drinks"),
    (r"snacks?|nibbles|movie night|tv night", "snacks chips popcorn nuts crackers candy"),
    (r"sandwich(?:es)?", "bread lunchmeat deli cheese spread"),
    (r"soups?|winter warmers?", "soup hot cereal cocoa"),
    (r"salads?", "salad mix dressing tomatoes"),
)
"""What people say, as a pattern over whole words, and the words that labels say for it."""

_PATTERNS = tuple((re.compile(rf"\b(?:{said})\b"), words) for said, words in SYNONYMS)
_FILLERS = frozenset(
    _WORD.findall(
        "a an the some any something anything things stuff items products goods for of to in on with and or my our your"
        " we i is are it that this these those good best nice kind sort like use used using need want have has get make"
        " do can which what when where how show find me us you they be from at by as"
    )
)


_LIMITING = frozenset({"vegan", "vegetarian", "glutenfree", "dairyfree", "lactosefree", "plant", "lactose", "meatfree"})
"""Words that leave goods out: “vegan milk” must not become any milk."""


def plain_words(text: str) -> str:
    """A text in small letters and whole ideas: no plural endings, “non-dairy” and “gluten free” as one word each."""
    joined = re.sub(r"\bnon[- ](?=\w)", "non", text.lower())
    joined = re.sub(r"\b(\w+)[- ]free\b", r"\1free", joined)
    return " ".join(_singular(word) for word in _WORD.findall(joined))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "toes")) else word[:-1]


@dataclass(frozen=True, slots=True)
class Query:
    """A phrase taken apart: its own words, and for each synonym found the words that said it and those it brings."""

    words: tuple[str, ...]
    synonyms: tuple[tuple[frozenset[str], tuple[str, ...]], ...]


def read_query(phrase: str) -> Query:
    """The words that count in a phrase, and what labels say for them."""
    words = tuple(word for word in plain_words(phrase).split() if word not in _FILLERS)
    found = []
    for pattern, brought in _PATTERNS:
        match = pattern.search(phrase.lower())
        if match is not None:
            found.append((frozenset(plain_words(match.group(0)).split()), tuple(plain_words(brought).split())))
    return Query(words, tuple(found))


@dataclass(frozen=True, slots=True)
class Hit:
    """A text by its place, and how near it is: 0 to 1."""

    place: int
    score: float


class MeaningIndex:
    """Texts that can be searched by meaning. Building it takes about a second for ten thousand; searching, millis."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._texts = [plain_words(text) for text in texts]
        self._words: Any = TfidfVectorizer(token_pattern=_LABEL_WORD, sublinear_tf=True)
        self._word_rows = self._words.fit_transform(self._texts)
        few = len(self._texts) <= _MANY_TEXTS
        self._parts: Any = None
        if few:
            self._parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), max_features=20_000)
            self._part_rows = self._parts.fit_transform(self._texts)
        self._label_words = tuple(self._words.get_feature_names_out())
        self._label_vectors = word_vectors().rows(self._label_words)

    def search(self, phrase: str, limit: int) -> list[Hit]:
        """The nearest texts, best first, ties by place; none below ``LEAST_SCORE``."""
        import numpy as np

        query = read_query(phrase)
        row = self._row(query)
        if row is None:
            return []
        scores = _WORD_SHARE * np.minimum((self._word_rows @ row.T).toarray().ravel(), 1.0)
        if self._parts is not None and query.words:
            said = self._parts.transform([" ".join(query.words)])
            scores += _PART_SHARE * (self._part_rows @ said.T).toarray().ravel()
        for said_words, brought in query.synonyms:
            if said_words & _LIMITING:
                reached = (self._word_rows @ self._words.transform([" ".join(brought)]).T).toarray().ravel() > 0
                scores = np.where(reached, scores, 0.3 * scores) if reached.any() else scores
        order = np.lexsort((np.arange(len(scores)), -np.round(scores, 6)))[:limit]
        return [Hit(int(place), float(scores[place])) for place in order if scores[place] >= LEAST_SCORE]

    def _row(self, query: Query) -> Any:
        """The query as one row of weights, None where labels have nothing of it.

        A synonym counts most for a word that labels do not have, and in place of the words that are like it. What is
        only alike makes a shorter row, so that its texts are found but not taken for what was said.
        """
        from sklearn.preprocessing import normalize

        known = self._words.vocabulary_
        told_by_synonym = frozenset().union(*(said for said, _ in query.synonyms))
        row, weights, lengths = None, [], []
        for word in query.words:
            like = [] if word in told_by_synonym else self._alike(word) or self._mended(word)
            parts = ([(1.0, word)] if word in known else []) + like
            if parts:
                rarity = self._rarity(parts[0][1])
                one = sum(self._words.transform([label_word]) * weight for weight, label_word in parts)
                row = one * rarity if row is None else row + one * rarity
                weights.append(max(weight for weight, _ in parts))
                lengths.append(weights[-1] * rarity)
        for said, brought in query.synonyms:
            weights.append(0.6 if said & known.keys() else 1.4)
            lengths.append(weights[-1])
            one = normalize(self._words.transform([" ".join(brought)])) * weights[-1]
            row = one if row is None else row + one
        if row is None or not row.nnz:
            return None
        counted = max(len(weights), (len(query.words) + len(weights)) / 2)
        strength = (sum(weight**2 for weight in weights) / counted) ** 0.5
        return row * (min(1.0, strength) / sum(length**2 for length in lengths) ** 0.5)

    def _rarity(self, label_word: str) -> float:
        """1 for a word of one label, less for one of many: in “oat milk” it is the oats that tell."""
        return float(self._words.idf_[self._words.vocabulary_[label_word]] / self._words.idf_.max())

    def _alike(self, word: str) -> list[tuple[float, str]]:
        """Words of the labels that are like it, nearest first, with weights of at most 1."""
        import numpy as np

        vectors = word_vectors()
        if word not in vectors:
            return []
        cosines = self._label_vectors @ vectors.rows([word])[0]
        share = _OF_A_KNOWN_WORD if word in self._words.vocabulary_ else 1.0
        near = np.argsort(-cosines, kind="stable")[: _MOST_ALIKE + 1]
        return [
            (share * min(1.0, float(cosines[place]) / _AS_GOOD_AS_SAID), self._label_words[place])
            for place in near
            if cosines[place] >= _ALIKE and self._label_words[place] != word
        ]

    def _mended(self, word: str) -> list[tuple[float, str]]:
        """The word as labels spell it, one or none; a word that is English as it stands is not misspelled."""
        from rapidfuzz import fuzz, process

        if len(word) < _LEAST_MENDED or word in self._words.vocabulary_ or word in word_vectors():
            return []
        found = process.extractOne(word, self._label_words, scorer=fuzz.ratio, score_cutoff=_CLOSE)
        return [(1.0, str(found[0]))] if found else []


def by_vectors(query: Sequence[float], vectors: Sequence[Sequence[float]], limit: int) -> list[Hit]:
    """The nearest vectors to the query's by cosine, best first, ties by place; a zero vector is never near."""
    import numpy as np

    rows = np.asarray(vectors, dtype=np.float64)
    point = np.asarray(query, dtype=np.float64)
    sizes = np.linalg.norm(rows, axis=1) * np.linalg.norm(point)
    scores = np.divide(rows @ point, sizes, out=np.zeros(len(rows)), where=sizes > 0)
    order = np.lexsort((np.arange(len(rows)), -np.round(scores, 6)))[:limit]
    return [Hit(int(place), float(scores[place])) for place in order]
