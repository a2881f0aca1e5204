"""Verbs whose forms have other letters within, in four languages."""

from __future__ import annotations

_ENGLISH = (
    "arise arose arisen|awake awoke awoken|bear bore borne born|beat beaten|become became|begin began begun|bend "
    "bent|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build "
    "built|burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|deal dealt|dig "
    "dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed "
    "fed|feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot "
    "forgotten|freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|hang hung|have had "
    "has|hear heard|hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|leave left|lend lent|lie "
    "lay lain|light lit|lose lost loss|make made|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise "
    "rose risen|run ran|say said|see saw seen|seek sought|sell sold sale|send sent|shake shook shaken|shine "
    "shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide "
    "slid|speak spoke spoken|spend spent|spin spun|stand stood|steal stole stolen|stick stuck|sting stung|strike "
    "struck|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore "
    "torn|tell told|think thought|undo undid undone|throw threw thrown|understand understood|unwind unwound|wake "
    "woke woken|wear wore worn|weigh weight weighted weighting|weave wove woven|win won|wind wound|write wrote "
    "written|prove proven proof|learn "
    "learnt learned|spell spelt spelled|smell smelt smelled|dream dreamt dreamed|lean leant leaned|spill spilt "
    "spilled|spoil spoilt spoiled|leap leapt leaped"
)
_GERMAN = (
    "biegt bog gebogen biegen|bindet band gebunden binden|brechen bricht brach gebrochen|bringen brachte "
    "gebracht|denken dachte gedacht|essen isst aß gegessen|fahren fährt fuhr gefahren|fallen fällt fiel gefallen "
    "fall|fangen fängt fing gefangen|finden fand gefunden|fliegen flog geflogen|fließen floss geflossen|frieren "
    "fror gefroren|geben gibt gab gegeben|gehen ging gegangen|gießen goss gegossen|greifen griff gegriffen|halten "
    "hält hielt gehalten|hängen hing gehangen|heben hob gehoben|kennen kannte gekannt|klingen klang "
    "geklungen|kommen kam gekommen|laden lädt lud geladen|laufen läuft lief gelaufen|lesen liest las gelesen|liegen "
    "lag gelegen|messen misst maß gemessen|nehmen nimmt nahm genommen|nennen nannte genannt|rufen rief "
    "gerufen|schlagen schlägt schlug geschlagen|schließen schloss geschlossen|schmelzen schmilzt schmolz "
    "geschmolzen|schreiben schrieb geschrieben|schwimmen schwamm geschwommen|sehen sieht sah gesehen|singen sang "
    "gesungen|sinken sank gesunken|sprechen spricht sprach gesprochen|springen sprang gesprungen|stehen stand "
    "gestanden|steigen stieg gestiegen|sterben stirbt starb gestorben|tragen trägt trug getragen|treffen trifft "
    "traf getroffen|treiben trieb getrieben|treten tritt trat getreten|trinken trank getrunken|tun tat "
    "getan|verlieren verlor verloren|wachsen wächst wuchs gewachsen|werfen wirft warf geworfen|gewinnen gewann "
    "gewonnen|ziehen zog gezogen|binden bindet|erfinden erfand erfunden|beginnen begann begonnen"
)
_ROMANCE = (
    "prendre prend pris prise|mettre met mis mise|faire fait faite|vaincre vainc vaincu vaincue|lire lit lu "
    "lue|dire dit dite|voir voit vu vue|produire produit produite|construire construit construite|conduire conduit "
    "conduite|peindre peint peinte|ouvrir ouvre ouvert ouverte|recevoir reçoit reçu reçue|tenir tient tenu "
    "tenue|vendre vend vendu vendue|découvrir découvre découvert découverte|écrire écrit écrite|craindre "
    "craint|abaisser abaisse|hacer hace hizo hecho|decir dice dijo dicho|traer trae trajo|poner pone puso "
    "puesto|ver ve vio visto|romper rompe roto|morir muere murió muerto|tener tiene tuvo|producir produce "
    "produjo|construir construye construyó|perder pierde perdió|medir mide midió|abrir abre abrió abierto|descubrir "
    "descubre descubrió descubierto descubierta|escribir escribe escribió escrito escrita"
)
FORMS: dict[str, frozenset[int]] = {}
"""The verbs that a form may be of, by their numbers."""
for _number, _group in enumerate("|".join((_ENGLISH, _GERMAN, _ROMANCE)).split("|")):
    for _word in _group.casefold().split():
        FORMS[_word] = FORMS.get(_word, frozenset()) | {_number}
PARTICIPLES = frozenset(group.split()[-1] for group in _ENGLISH.split("|")) - {"has", "loss", "sale", "born", "proof"}
PARTICIPLES |= {"proven", "lost", "sold", "born", "borne", "become", "come", "run", "cut", "put", "set", "hit", "read"}
"""What may stand behind a form of "to be" in the passive."""
