"""Words that differ in a letter or two and are two words each: "planet" is no misspelt "plant".

Nothing else tells such a pair from a word that was mistyped and its correction.
"""

from __future__ import annotations

from studytool.notes.lexicon import stem_of

_GROUPS = (
    "dominica dominican|niger nigeria|iran iraq|austria australia|slovakia slovenia|mali malawi|planet plant|salt "
    "silt|vein vine|proton protein|bird bread beard|boat bat bait|metal motel medal mettle|live love|ship shop "
    "sheep chip|comma coma|density destiny|mass moss mess|causal casual|country county counter|muscle mussel|thymus "
    "thyme|desert dessert|angel angle ankle|trial trail train|salon saloon|dairy diary daily|prophecy "
    "prophesy|custom costume|moral morale mortal|martial marital|statue statute status stature|conservation "
    "conversation conversion|tortuous torturous|perspective prospective|ingenious ingenuous|eminent imminent|elicit "
    "illicit|hoard horde|mantel mantle|pedal peddle petal|rein reign rain|wander wonder|adapt adopt adept|allusion "
    "illusion|alley ally|altar alter|ascent assent accent|aural oral|bazaar bizarre|beach beech|bear beer "
    "bare|brake break|bridal bridle|canvas canvass|cannon canon|censor sensor censure|chord cord|cite site "
    "sight|coarse course curse|coast cost|content context contest|corps corpse|council counsel|cornea corona|decent "
    "descent|discreet discrete|dose doze|elusive illusive|envelop envelope|extant extent extend|fair fare|flair "
    "flare|foul fowl|gaol goal|gene genie|hangar hanger|hear heart|heard herd|humor humerus|ilium ileum|idea ideal "
    "idol|immigrate emigrate|lightening lightning|loath loathe|major mayor|mucus mucous|minor miner|palate palette "
    "pallet|patient patent|patience patients|peace piece|peritoneum perineum perineal peroneal|personal "
    "personnel|plain plane plan|pore pour|pray prey|precede proceed|prescribe proscribe|raise rise|root route|safe "
    "save|scarce scares|sear seer|serial cereal|sole soul|soot sooth soothe|stair stare star|steal steel|straight "
    "strait|strain strand stand|suit suite|teeth teethe|tissue issue|trachea trachoma|ureter urethra|vial vile|wail "
    "whale|waist waste|wreath wreathe|command commend|design designate|hydrometer hygrometer|thermometer "
    "thermostat|molarity molality|astronomy astrology|nuclear unclear|sulfate sulfite sulfide|nitrate nitrite "
    "nitride|gland glans|lobe globe|lemma dilemma|tendon tonsil|cortex vortex|virus versus|cell sell|mode model "
    "node note|clean clear|clock click|clone close|cookie cooking|decide decode|drive dive|even event|exist "
    "exit|flat float|formal format|inner inter|interest internet|internal interval|large later layer latter|leader "
    "loader header|lines links|list lust|lock look loop|logic login|master matter|math match|pause parse pass|patch "
    "path|point print|present prevent|project protect|react reach|read road ride|remain retain|remote remove|reset "
    "rest|rule role|sale scale|sample simple|scan span|scope score store|scheme schema|seed speed|send spend|series "
    "serves|shape share shard|skill still|smart start|spring string strong|stable stale stage state|stay say|step "
    "stop|strict struct|subnet subset|team term theme|thing think|thread threat treat|three tree there these|throw "
    "throne|transaction translation|wait write white|whole while|width with|word world|counted county|contact "
    "contract|charge change|case cause|black block back|broken broker|attach attack|along alone among|audio "
    "audit|balance valance|basic basis|chart char|crown crow clown|crop corp|dear deer|dual duel|fate faith|fiend "
    "friend|floor flour flower flow|forth fourth|glass grass|grain gain|hair heir|hole whole|house horse "
    "hose|kernel colonel|lesson lessen|liver river lever|marry merry|meat meet|morning mourning|naval navel|nerve "
    "never|organ organism orgasm|pain pan|pair pear|pale pail|peak peek|plague plaque|pole poll|port part|pressure "
    "pleasure|profit prophet|quarry query|raw row|sail soil|scene seen|sea see|shore short|slave salve|soar "
    "sore|solder soldier|son sun|sour soup|spine spin|stake steak|stare stair|stork stock|sweat sweet|tail "
    "tale|taste test|throat threat|tide tied|tire tier|tongue tong|tower towel|vain vane vein|verse verve|vocation "
    "vacation|wave waive|weak week|wine whine|wood word|yolk yoke|tablet table|wallet wall|ballet ball|corner "
    "corn|market mark|station state|prime primer|universe university|momentum moment|integral integer|constitution "
    "constituent|ammonia ammonium|addition additive edition|appointee appointed|presidium president|fluoride "
    "fluorine|chloride chlorine|alkane alkene alkyne|methane methanol|ethane ethene ethanol|glycogen "
    "glucagon|meiosis mitosis|hyphen hymen|ion iron|sine sign|cache cash|genus genius|venous venus|prostate "
    "prostrate|callus callous|dyeing dying|foreword forward|bound bond band|bell ball bill bull|cat cut cot|dog "
    "dug|hat hot hut hit|pin pen pan|sit set seat|lamp lump limp|trace track trade|grade grape|stock stack "
    "stick|deck duck dock|luck lock lack|pack pick peck|rock rack|wall well will|sand send|land lend|hand hind|wind "
    "wand|fill fall feel|fan fun fin|schleim schlamm|mutter mütter|bürger burger|kirche kirsche|leiter leiten|schon "
    "schön|fordern fördern|zahlen zählen|druck drück|stadt staat|magen mögen|kiefer käfer|seite saite|lerche "
    "lärche|wende wände|foie foi|poisson poison|dessert désert|coussin cousin|cheval cheveu|cou coup|sang sans|roue "
    "rue|mer mère|hombre hambre hombro|peso piso paso|pero perro|caro carro|casa caza|cabello caballo|moneda "
    "monada|cuello cuelo|plata plato"
)
_MISTAKEN = (
    "capital capitol|principal principle|complement compliment|stationary stationery|form from|quiet quite "
    "quit|lose loose|advice advise|device devise|accept except|effect affect|breath breathe breadth|bath "
    "bathe|cloth clothe|belief believe|weather whether|though thought through|thorough through|passed past"
)
"""Words that are often written one for the other: two in a list of words, and a slip within a question."""
_SINGULARS = (
    "good custom spirit statistic manner mean economic politic ethic physic arm colour color damage premise spectacle "
    "new letter minute proceeding tropic compass brain force gut ground remain saving term wood work"
)
"""Words that name another thing with an "s"."""

_PLURALS = {frozenset((word, f"{word}s")) for word in _SINGULARS.split()}
_NONE: frozenset[int] = frozenset()


def _numbered(groups: str, *, bent: bool) -> dict[str, frozenset[int]]:
    """The groups that a word, or with `bent` a form of it, is in."""
    found: dict[str, frozenset[int]] = {}
    for number, group in enumerate(groups.split("|")):
        for word in group.split():
            for form in {word, f"{word}s", stem_of(word)} if bent else {word}:
                found[form] = found.get(form, _NONE) | {number}
    return found


_LISTED, _BENT = _numbered(_GROUPS, bent=False), _numbered(_GROUPS, bent=True)
_ALSO = _numbered(_MISTAKEN, bent=False)


def two_words(one: str, other: str, *, listed: bool = False) -> bool:
    """Whether two words that look alike are known as two; in a list of words, also those that are often mistaken."""
    if one == other:
        return False
    if listed and not _ALSO.get(one, _NONE).isdisjoint(_ALSO.get(other, _NONE)):
        return True
    if frozenset((one, other)) in _PLURALS:
        return True
    if one in (f"{other}s", f"{other}es") or other in (f"{one}s", f"{one}es"):
        return False
    if not _LISTED.get(one, _NONE).isdisjoint(_LISTED.get(other, _NONE)):
        return True
    first, second = (_BENT.get(word) or _BENT.get(stem_of(word), _NONE) for word in (one, other))
    return stem_of(one) != stem_of(other) and not first.isdisjoint(second)
