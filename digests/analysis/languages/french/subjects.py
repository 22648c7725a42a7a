"""Who does it: the subject of a verb, by the words before it and by the parser."""

import re
from bisect import bisect_left

from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.mentions import Mention, is_somebody, opens_phrase, read_mention
from digests.analysis.languages.french.roles import LEANS
from digests.analysis.languages.french.sentences import Sentences
from digests.analysis.languages.french.verbs import WORD, Verb, read_verb, skip_adverbs
from digests.analysis.languages.french.words import infinitives, mixed_forms
from digests.analysis.tokens import Parsed, Token

_WORD = re.compile(rf"(?<![\w’'-]){WORD}")
_MOST_WORDS = 40
"""Words that a verb stands before the words that it takes in."""

_VERB_START = re.compile(rf"(?<![\w’'-])(?={WORD})")
_PRONOUN_BEFORE = re.compile(r"(?<![\w’'-])(?P<word>ils?|elles?|Ils?|Elles?)\s+(?:[a-zà-ÿ]+ment\s+)?$")
_TELLER = re.compile(r"\W{0,3}(?P<who>Ils?|Elles?)(?=\s)")
"""A pronoun that opens a sentence, whatever the parser takes for its subject: "Elle raconte que mardi, …"."""

_STRESSED = re.compile(r",?\s(?:lui|elle|eux|quant à (?:lui|elle)),(?=\s)")
_LIKE = re.compile(r"\bcomme\s(?:(?:la|le)\s[^\W\d_]+\s|M\.\s|Mme\s)?$")
"""Before somebody who is only likened: "Karim Benali, **comme** Odile Brac, estime"."""

_WITH_RELATIVE = re.compile(
    r"(?:^|[,;]\s|\s)(?P<who>(?:une?|l[ae]|L[ae]|Une?|cet?|cette|son|sa)\s[^,;:«»]{3,60}),\s(?:qui|dont|que)\s[^,;:«»]{3,90},\s*$"
)
"""A subject and a relative clause before its verb: "un surveillant, qui reste anonyme, raconte"."""

_RELATIVE_BEHIND = re.compile(r",\s(?:qui|dont|que)\s[^,;:«»]{3,120},\s*$")
_INNER = re.compile(r"(?<![\w’'-])(?:que\s|[Qq]u['’])$")
_PLURAL = re.compile(r"(?:les|des|ces|ses|ils|elles|plusieurs|certains|deux|trois)\s", re.IGNORECASE)
_RELATIVE = re.compile(r",?\s+qui\s+$")
_SOMEONE = re.compile(
    r"\W*(?:À|Au|Chez|Du côté d[eu])\s+(?P<who>(?:la|l['’]|les)?\s?[^,.;:]{3,60}),[^.;:]{0,40}?\bon\s+$"
)
_NARRATIVE = re.compile(
    r"\b[Ee]t\s+(?P<who>(?:l[ae] |l['’]|M\. |Mme |[A-ZÀ-Þ]|elle|lui|son |sa )[^,.;:«»]{0,50}?)"
    r"\s?(?:de |d['’])(?P<verb>[^\W\d_]+(?:er|ir|re))(?![\w’'-])"
)
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:caus")


class Subjects:
    """Looks for subjects in one parsed article."""

    def __init__(self, text: str, parsed: Parsed, cast: Cast, sentences: Sentences) -> None:
        self.text, self.parsed, self.cast, self.sentences = text, parsed, cast, sentences
        self._starts = [token.start for token in parsed.tokens]
        self._inside: dict[int, list[Token]] = {}
        for token in parsed.tokens:
            self._inside.setdefault(token.quote, []).append(token)

    def token_at(self, offset: int) -> Token | None:
        """Return the token outside quotes that holds ``offset``."""
        at = bisect_left(self._starts, offset + 1) - 1
        while at >= 0 and self.parsed.tokens[at].end <= self.parsed.tokens[at].start:
            at -= 1
        return self.parsed.tokens[at] if at >= 0 and self.parsed.tokens[at].end > offset else None

    def any_within(self, start: int, end: int) -> bool:
        """Return whether a stretch of text holds a verb with its subject."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(
            token.dep in _SUBJECTS and start <= self.parsed.head(token).start < end
            for token in self.parsed.tokens[first:last]
        )

    def before(self, verb: Verb, start: int) -> Mention | None:
        """Return the subject of a verb whose clause begins at ``start`` or later."""
        prefix = _STRESSED.sub("", self.text[start : verb.start])
        pronoun = _PRONOUN_BEFORE.search(prefix)
        if pronoun is not None:
            at = start + pronoun.start("word")
            return Mention(at, at + len(pronoun["word"]), pronoun=True)
        someone = _SOMEONE.match(prefix)
        if someone is not None:
            return read_mention(self.text, self.cast, start + someone.start("who"))
        relative = _RELATIVE.search(prefix)
        if relative is not None:
            return self._last_named(start, start + relative.start())
        aside = _WITH_RELATIVE.search(prefix)
        if aside is not None:
            mention = read_mention(self.text, self.cast, start + aside.start("who"), start + aside.end("who"))
            if mention is not None and is_somebody(self.text, mention):
                return mention
        right = self._before_relative(start, prefix) or self._right_before(verb.start, start)
        parsed = right or self._parsed(verb.end - 1, start, verb.start)
        if parsed is not None and self._are_many(parsed) and not self._of_many(verb):
            parsed = None  # another verb's: "Il dit que les élus savaient et se dit « inquiet »"
        if parsed is not None and parsed.pronoun:
            parsed = self._group_meant(parsed, start) or parsed
        return parsed or self._behind_comma(start, verb.start) or self.of_sentence(start, verb.start)

    def _group_meant(self, pronoun: Mention, start: int) -> Mention | None:
        """Return the group that "il" takes up in its sentence: "Le collectif dit qu'il ira, jugeant …"."""
        if not _INNER.search(self.text, start, pronoun.start):
            return None
        main = self.of_sentence(start, pronoun.start)
        if main is None or main.pronoun or main.person is not None or not is_somebody(self.text, main):
            return None
        feminine = self.text[pronoun.start : pronoun.end].lower().startswith("elle")
        article = self.text[main.start : main.start + 3].lower()
        return (
            main
            if article.startswith("l") and (article[1] in "'’" or (article[1] == "a") is feminine)
            else None
        )

    def _are_many(self, mention: Mention) -> bool:
        return _PLURAL.match(self.text, mention.start, mention.end) is not None

    def _of_many(self, verb: Verb) -> bool:
        """Return whether a verb stands in a plural form: each of those ends so, or has such an auxiliary."""
        return any(word.endswith("nt") for word in re.findall(WORD, self.text[verb.start : verb.end]))

    def _behind_comma(self, start: int, at: int) -> Mention | None:
        """Return the phrase between a comma and a verb: "Dans son arrêt, le juge relève"."""
        comma = self.text.rfind(",", start, at)
        mention = read_mention(self.text, self.cast, comma + 1, at) if comma >= 0 else None
        if mention is None or self.text[mention.end : at].strip():
            return None
        return mention if is_somebody(self.text, mention) else None

    def _right_before(self, at: int, start: int) -> Mention | None:
        """Return the name right before a verb that is not another's: not "la sœur de Jeanne a dit"."""
        for name in reversed(self.cast.named_within(start, at)):
            end = self.cast.ends[name]
            if _STRESSED.sub("", self.text[end:at]).strip(" \u00a0") not in ("", ","):
                return None
            leans = LEANS.search(self.text[max(0, name - 8) : name]) or _LIKE.search(self.text, start, name)
            return None if leans else Mention(name, end, self.cast.at[name])
        return None

    def _before_relative(self, start: int, prefix: str) -> Mention | None:
        """Return the name that a relative clause parts from its verb: "Octave, qui défend Paul, a dit"."""
        relative = _RELATIVE_BEHIND.search(prefix)
        end = start + relative.start() if relative is not None else -1
        named = [at for at in self.cast.named_within(start, max(end, start)) if self.cast.ends[at] == end]
        return Mention(named[-1], end, self.cast.at[named[-1]]) if named else None

    def _last_named(self, start: int, end: int) -> Mention | None:
        """Return who stands before "qui": "Yannick Dufresne, qui a promis"."""
        named = [at for at in self.cast.named_within(start, end) if self.cast.ends[at] >= end - 1]
        if named:
            return Mention(named[-1], self.cast.ends[named[-1]], self.cast.at[named[-1]])
        return self.of_sentence(start, end)

    def _parsed(self, offset: int, start: int, end: int) -> Mention | None:
        """Return the subject that the parser gives the verb at ``offset``, or the verb it is joined to."""
        token = self.token_at(offset)
        for _ in range(3):
            if token is None or token.start < start:
                return None
            for kid in self.parsed.kids(token):
                stressed = kid.lower in ("lui", "elle", "eux") and self.text[kid.end : kid.end + 1] == ","
                if kid.dep in _SUBJECTS and kid.end > kid.start and start <= kid.start < end and not stressed:
                    return self._mention(kid)
            if token.dep not in ("conj", "xcomp", "advcl", "aux:tense", "parataxis", "ccomp"):
                return None
            token = self.parsed.head(token)
        return None

    def _mention(self, token: Token) -> Mention | None:
        """Return the subject's whole phrase, from its article on."""
        if token.start in self.cast.at:
            return Mention(token.start, self.cast.ends[token.start], self.cast.at[token.start])
        first = min(
            [token.i, *(kid.i for kid in self.parsed.kids(token) if kid.i < token.i and kid.end > kid.start)]
        )
        verb = self.parsed.head(token)
        limit = self._first_of(verb) if verb.start > token.start else None
        return read_mention(self.text, self.cast, self.parsed.tokens[first].start, limit) or read_mention(
            self.text, self.cast, token.start, limit
        )

    def _first_of(self, verb: Token) -> int:
        """Return where a verb begins, with its auxiliaries and clitics."""
        before = [
            kid.start for kid in self.parsed.kids(verb) if kid.dep.startswith(("aux", "expl", "advmod"))
        ]
        return min([verb.start, *(start for start in before if start < verb.start)][-3:])

    def of_narrative(self, start: int, end: int) -> Mention | None:
        """Return the subject of an infinitive that tells a deed: "Et le manager de pointer « … »"."""
        found = _NARRATIVE.search(self.text, start, end)
        if found is None or not {found["verb"], f"{found['verb']}r"} & infinitives():
            return None
        mention = read_mention(self.text, self.cast, found.start("who"))
        return mention if mention is not None and is_somebody(self.text, mention) else None

    def of_last_verb(self, start: int, end: int) -> tuple[Verb | None, Mention | None]:
        """Return the last verb of saying between two offsets, with its subject."""
        for place in reversed(
            [match.start() for match in _VERB_START.finditer(self.sentences.flat, start, end)]
        ):
            verb = read_verb(self.text, place)
            if verb is None or verb.end > end or is_noun(self.text, place):
                continue
            wider = self._with_clitics(verb, start)
            if wider.pronoun is not None:
                return wider, Mention(*wider.pronoun, pronoun=True)
            return wider, self.before(wider, start) or read_mention(self.text, self.cast, wider.end)
        return None, None

    def _with_clitics(self, verb: Verb, start: int) -> Verb:
        """Return the verb read again from a clitic or auxiliary that stands before it."""
        for match in _VERB_START.finditer(self.text, max(start, verb.start - 14), verb.start):
            wider = read_verb(self.text, match.start())
            if wider is not None and wider.end == verb.end:
                return wider
        return verb

    def of_sentence(self, start: int, end: int, *, strict: bool = False) -> Mention | None:
        """Return the subject of a sentence: the parser's, else whoever stands first in it and can speak.

        ``strict`` takes no first words that are nobody's name: those of a headline.
        """
        teller = _TELLER.match(self.text, start, end)
        if teller is not None and read_verb(self.text, skip_adverbs(self.text, teller.end("who")) + 1):
            return Mention(teller.start("who"), teller.end("who"), pronoun=True)
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for token in self.parsed.tokens[first:last]:
            if (
                token.dep in _SUBJECTS
                and token.end > token.start
                and self.parsed.head(token).dep in ("ROOT", "conj")
            ):
                mention = self._mention(token)
                if mention is not None and is_somebody(self.text, mention) and mention.start < end:
                    return mention
        for at in self.cast.named_within(start, end):
            if not LEANS.search(self.text[max(0, at - 8) : at]):
                return Mention(at, self.cast.ends[at], self.cast.at[at])
        if strict:
            return None
        first_words = read_mention(self.text, self.cast, start, end)
        if first_words is None or first_words.start > start + 2 or first_words.end > end:
            return None
        unknown = first_words.person is None and not opens_phrase(self.text, first_words.start)
        return first_words if not unknown and is_somebody(self.text, first_words) else None

    def taking_in(self, index: int, start: int, at: int) -> tuple[Verb | None, Mention | None] | None:
        """Return the verb, and its subject, of the clause that takes a quote in: "dénonce « une faute »"."""
        verb = self.verb_before(start, at)
        if verb is not None and not verb.denied:
            mention = (
                Mention(*verb.pronoun, pronoun=True) if verb.pronoun is not None else self.before(verb, start)
            )
            if mention is not None and is_somebody(self.text, mention):
                return verb, mention
        return self._climb(index, start, at) or self._predicate(start, at)

    def _predicate(self, start: int, at: int) -> tuple[Verb | None, Mention | None] | None:
        """Return the subject whose predicate is quoted: "Le parquet, de son côté, « n'exclut rien »"."""
        mention = read_mention(self.text, self.cast, start, at)
        if mention is None or mention.start > start + 2:
            return None
        rest = self.text[skip_adverbs(self.text, mention.end) : at]
        return (None, mention) if rest.strip(' ,«“"\u00a0') == "" else None

    def verb_before(self, start: int, at: int) -> Verb | None:
        """Return the last verb before a quote that takes words in."""
        found = list(_WORD.finditer(self.sentences.flat, start, at))
        for match in reversed(found[-_MOST_WORDS:]):
            place = match.start()
            said = read_verb(self.text, place)
            if said is not None and said.end <= at and not is_noun(self.text, place):
                return self._with_clitics(said, start)
            word = re.split("['’]", match[0])[-1]
            pronoun = re.search(r"(?:-t)?-(?P<word>elles?|ils?)$", word)
            bare = word[: pronoun.start()] if pronoun else word
            if bare in mixed_forms() and not is_noun(self.text, place):
                end = match.end()
                hangs = (end - len(pronoun["word"]), end) if pronoun else None
                return Verb(_with_auxiliary(self.text, place), end, hangs)
        return None

    def _climb(self, index: int, start: int, at: int) -> tuple[Verb | None, Mention | None] | None:
        """Return the parser's subject above the words of a quote."""
        inside = self._inside.get(index, [])
        root = next((token for token in inside if self.parsed.head(token).quote != index), None)
        if root is None:
            return None
        for above in [root, *self.parsed.ancestors(root)]:
            if above.quote == index and above is not root:
                continue
            for kid in self.parsed.kids(above):
                if kid.dep in _SUBJECTS and kid.end > kid.start and kid.quote < 0 and start <= kid.start < at:
                    mention = self._mention(kid)
                    verb = (
                        Verb(above.start, above.end)
                        if above.quote < 0 and above.text in mixed_forms()
                        else None
                    )
                    return (verb, mention) if verb is not None else None
        return None


_AUXILIARY = re.compile(
    r"(?:(?:n['’]|s['’]|l['’]|se |ne |lui |leur )*(?:a|ont|est|avait|sont|était)\s(?:[a-z]+ment\s|aussi\s)?)$"
)
_ARTICLE = re.compile(
    r"(?:(?<![\w’'])(?:l[ae]s?|une?|des|du|au|aux|ce|cet|cette|son|sa|ses|leur|de|en|par|sans|avec)\s|[ldLD]['’])$"
)


def _with_auxiliary(text: str, start: int) -> int:
    found = _AUXILIARY.search(text, max(0, start - 24), start)
    return found.start() if found is not None else start


def is_noun(text: str, at: int) -> bool:
    """Return whether an article or a preposition stands before a word: "une annonce", "sans réponse"."""
    before = text[max(0, at - 8) : at]
    if re.search(r"(?:ne|n['’]|lui|nous|vous|leur|se|s['’]|y)\s?$", before):
        return False
    return bool(_ARTICLE.search(before))
