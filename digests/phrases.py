"""What a language's words tell of a bullet's worth: which lean on what is not printed, which say nothing.

One entry a language that we know well; a new one goes here, and ``worth.py`` and ``told.py`` heed it.
"""

import re
from dataclasses import dataclass

_NEVER = re.compile(r"(?!)")
_OPENING = r"^\W*(?:(?:and|but|so|or|well|yes|no|yeah|because|then|also|plus|now)\b[\s,]*)*"
_BARE = (
    r"(?:['’](?:s|re|ll|d|ve)\b|\s+(?:is|was|are|were|will|would|has|have|had|can|could|should|may|might|must"
    r"|do|does|did|isn|wasn|aren|weren|won|wouldn|hasn|haven|hadn|can|couldn|doesn|don|didn|means?|meant"
    r"|makes?|made|really|just|also|all|goes|went|got|gets|takes?|took|looks?|feels?|felt|sounds?)\b|[.,!?]|$)"
)
_OPENING_FR = r"^\W*(?:(?:et|mais|donc|or|car|alors|oui|non|bien|puis|aussi)\b[\s,]*)*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """How one language's words show that they lean on what stands before them, and which say nothing."""

    dangles: re.Pattern[str]
    """What begins with somebody or something told before: "That’s why", "Ils ont raison"."""

    expletive: re.Pattern[str]
    """What begins alike and means nothing told before: "It is time to", "Il faut"."""

    conjunction: re.Pattern[str]
    pointing: re.Pattern[str]
    """A pronoun that may mean what was told before, wherever it stands."""

    headless: re.Pattern[str] = _NEVER
    """A part of a sentence that lost its subject: "avait tout prévu"."""

    common: frozenset[str]
    """Words of four letters and more that every article has."""

    feeling: re.Pattern[str]
    """Reported speech, or the clause that tells it, that says no more than how somebody feels."""

    no_answer: re.Pattern[str]
    """Reported speech that says that nothing is said."""

    takes_up: re.Pattern[str]
    """What goes on with another statement, or goes before it: "also", "par ailleurs", "avait dit"."""

    takes_back: re.Pattern[str] = _NEVER
    """The rest of a sentence that goes against its beginning: "“It is fair,” Doe said, “but not kind.”"."""

    answers: re.Pattern[str]
    """What says, beside a quote, that it answers the one before: "Doe replied", "Réponse du maire :"."""

    article: re.Pattern[str] = _NEVER
    """What stands right before an institution's name and is said with it: "L'Agence de l'eau"."""


PHRASES = {
    "en": Phrases(
        dangles=re.compile(
            rf"{_OPENING}(?:(?:it|this|that|these|those){_BARE}"
            r"|(?:they|he|she|him|them|such|both|which|who|neither)\b)",
            re.IGNORECASE,
        ),
        expletive=re.compile(
            rf"{_OPENING}it(?:['’]s| is| was| will be| would be| isn['’]t| wasn['’]t)\b"
            r".{0,70}?\b(?:to|that|when|if|how|why|what|whether)\b",
            re.IGNORECASE,
        ),
        conjunction=re.compile(r"^\W*(?:and|but|so|or|because|which|then|also|plus)\b", re.IGNORECASE),
        pointing=re.compile(
            r"\b(?:he|she|him|they|them|it|this|that['’]s|those|these|there)\b(?! who\b)", re.IGNORECASE
        ),
        common=frozenset(
            """that this with from have been they their them were will would could should about after before
            into over said says than then there these those what when where which while your more most also
            only some such very just like other because between through during under against""".split()
        ),
        feeling=re.compile(
            r"^(?:that\s+)?(?:he|she|they|it|we|i)(?:['’](?:s|re|d))?(?:\s+\w+){0,3}?\s+(?:happy|pleased|glad|sorry|sad"
            r"|proud|hono(?:u)?red|excited|delighted|thrilled|grateful|thankful|disappointed|shocked|stunned"
            r"|surprised|saddened|confident|optimistic|hopeful|unsure|aware|fine|okay|ready|love[sd]?|enjoy(?:s|ed)?"
            r"|looking forward)\b",
            re.IGNORECASE,
        ),
        no_answer=re.compile(
            r"\b(?:not|n['’]t|no)\b(?: \w+){0,2}? "
            r"(?:comment\w*|speak|say|discuss|answer|elaborate|give details)\b"
        ),
        takes_up=re.compile(r"\b(?:also|another|then|earlier|the same|the other)\b", re.IGNORECASE),
        takes_back=re.compile(r"(?:but|yet|although|though|unless|except|only if|if)\b"),
        answers=re.compile(
            r"\b(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respond(?:s|ed)|retort(?:s|ed)|shot back)\b",
            re.IGNORECASE,
        ),
    ),
    "fr": Phrases(
        dangles=re.compile(
            rf"{_OPENING_FR}(?:(?:ça|cela|ceci|elles?|ils?|lui|leur|eux|y|celui-ci|celle-ci|ceux-ci|celles-ci)\b"
            r"|c['’](?:est|était)\b|(?:l['’]|les? )(?:a|ont|avait|avaient|aurait)\b)",
            re.IGNORECASE,
        ),
        expletive=re.compile(
            rf"{_OPENING_FR}(?:il (?:faut|faudra|faudrait|fallait|y a|y avait|y aura|s['’]agit)\b"
            r"|(?:c['’]est|il est|il était).{0,70}?\b(?:que|qui|de|pour|à)\b)",
            re.IGNORECASE,
        ),
        conjunction=re.compile(
            r"^\W*(?:et|mais|donc|car|ou|alors|puis|ainsi|d['’]abord|ensuite|enfin|du coup)\b", re.IGNORECASE
        ),
        pointing=re.compile(
            r"\b(?:ça|cela|ceci|elles?|ils?(?! (?:faut|y)\b)|eux|ainsi(?! que)|c(?:elui|elle|eux|elles)-ci"
            r"|ces(?! (?:derni|jours|temps))"
            r"|c(?:et|ette)(?! (?:année|semaine|été|hiver|automne|après|nuit|saison)))\b",
            re.IGNORECASE,
        ),
        headless=re.compile(
            r"^\W*(?:n['’]|ne |s['’]|se |l['’]|l[ea] |les |l(?:ui|eur) |y |en )*"
            r"(?:a|ont|est|sont|va|vont|doit|doivent|peut|peuvent|fait|font|sera|seront"
            r"|[^\W\d_A-ZÀ-Þ]+(?:ait|aient))(?![\w’'-])"
        ),
        common=frozenset(
            """alors ainsi après aussi autre autres avait avant avec avoir avons cela celle celui cette ceux
            comme contre dans depuis dont donc elle elles encore entre était être faire fait leur leurs mais
            même moins nous notre nos parce plus pour quand quel quelle sans sera serait sont sous tous tout
            toute toutes très vers vous votre""".split()
        ),
        feeling=re.compile(
            r"^(?:(?:qu['’])?(?:il|elle|on)s? (?:\w+ ){1,3}?"
            r"|(?:s['’]est|se|s['’])\s?(?:(?:dit|déclar|montr|sent)\w* )(?:\w+ )?)"
            r"(?:heureu|ravi|fi[eè]re?s?\b|content|satisfait|triste|désolé|déçu|choqué|surpris|étonné|ému|touché"
            r"|honoré|confiant|optimiste|serein|inqui[eè]t|soulagé|reconnaissant|bouleversé|impatient|rassuré)"
            r"|^(?:s['’]est|se|s['’])\s?(?:réjoui|félicit|attrist|émeu|ému|indign|étonn|inqui[eé]t)",
            re.IGNORECASE,
        ),
        no_answer=re.compile(
            r"\b(?:(?:ne|pas|n['’]\w+ (?:pas|rien)) (?:\w+ ){0,3}?|refus\w+ (?:de |d['’]))"
            r"(?:s['’]exprimer|commenter|répondre|s['’]étendre|en dire|faire de commentaire|donner suite"
            r"|communiquer)|\baucun commentaire\b",
            re.IGNORECASE,
        ),
        takes_back=re.compile(r"(?:mais|pourtant|quoique|bien que|sauf|à moins|si)\b"),
        takes_up=re.compile(
            r"\b(?:aussi|également|autres?|par ailleurs|ensuite|auparavant|précédemment|l[ea]s? mêmes?"
            r"|en outre|enfin|pourtant|toutefois|cependant|néanmoins|encore|alors(?! que))\b"
            r"|^avai(?:t|ent)\b"
            r"|^(?:a |ont )?(?:ajout|poursui|renchéri|réplique|répliqué|rétorqu|répond)\w*",
            re.IGNORECASE,
        ),
        answers=re.compile(
            r"\b(?:répond|répondu|répondait|réponse|réplique|répliqué|rétorque|rétorqué)\b", re.IGNORECASE
        ),
        article=re.compile(r"(?<![\w'’-])(?:l[ae]s? |l['’])$", re.IGNORECASE),
    ),
}
