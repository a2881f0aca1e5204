"""Words of a list that differ in a letter or two, each with its own answer, and words within a question that do."""

from __future__ import annotations

import pytest

from studytool.notes.lookalikes import two_words
from tests.notes.test_headwords import STAYED, goes_on, rows

TWO = """
alley | lane | ally | side lane
bazaar | market | bizarre | odd market
canvas | cloth | canvass | sail cloth
cannon | gun | canon | great gun
corps | body | corpse | dead body
council | advice | counsel | good advice
desert | a dish | dessert | a sweet dish
flair | gift | flare | bright gift
gaol | place | goal | end place
hanger | hall | hangar | hall of planes
minor | worker | miner | young worker
palate | board | palette | colour board
patience | calm | patients | the ill in calm
pore | hole | pour | hole in skin
prey | hunt | pray | hunted thing
serial | row | cereal | corn row
vial | bottle | vile | bad bottle
wail | cry | whale | sea cry
aural | of the ear | oral | of the mouth and ear
allusion | hint | illusion | false hint
ascent | climb | assent | a yes to climb
censor | judge | sensor | judge of heat
cite | name | site | named place
discreet | quiet | discrete | apart
elusive | hard to catch | illusive | hard to see
envelop | umhüllen | envelope | Umschlag
extant | still there | extent | how far there
lightening | relief | lightning | bright relief
loath | unwilling | loathe | hate unwilling
personal | own | personnel | own staff
prescribe | order | proscribe | order not to
precede | go | proceed | go before
safe | secure | save | make secure
scarce | rare | scares | makes rare
sooth | truth | soothe | calm truth
suit | set | suite | set of rooms
teeth | Zähne | teethe | Zähne bekommen
wreath | Kranz | wreathe | Kranz winden
effect | result | affect | to change a result
prophecy | words | prophesy | say words
angel | figure | angle | geometric figure
angel | a figure | angle | a geometric figure
trial | a run | trail | a long run
salon | a room | saloon | a drinking room
desert | course | dessert | last course
dairy | a book | diary | a daily book
advice | Rat | advise | Rat geben
device | plan | devise | plan out
licence | permit | license | permit officially
prophecy | foretelling | prophesy | foretelling by word
practice | Übung | practise | Übung machen
costume | dress | custom | usual dress
moral | spirit | morale | fighting spirit
martial | state | marital | married state
causal | link | casual | loose link
statue | work | statute | legal work
quiet | level | quite | high level
conservation | keeping | conversation | keeping talk
dessert | sweet course | desert | dry course
lose | not win | loose | not tight
breath | Atem | breathe | Atem holen
cloth | Stoff | clothe | Stoff anlegen
bath | Bad | bathe | ein Bad
belief | Glaube | believe | Glaube haben
form | shape | from | shape of
angle | joint | ankle | foot joint
tortuous | full of turns | torturous | full of pain turns
perspective | view | prospective | future view
ingenious | clever | ingenuous | not clever
eminent | standing out | imminent | about to be out
elicit | draw | illicit | unlawful draw
complement | addition | compliment | polite addition
principal | head | principle | moral head
stationary | goods | stationery | paper goods
capital | building | capitol | state building
gorilla | fighter | guerrilla | jungle fighter
hoard | mass | horde | moving mass
mantel | shelf | mantle | fire shelf
pedal | lever | peddle | foot lever
rein | rule | reign | long rule
wander | go | wonder | far go
"""
"""A word and what it means, and another word with what that means: more of the same words."""


def test_a_word_that_looks_like_another_starts_anew() -> None:
    for front, back, other, told in rows(TWO):
        assert not goes_on((front, back), (other, told), STAYED)
        assert not goes_on((other, told), (front, back), STAYED)


@pytest.mark.parametrize(
    ("front", "back", "other", "told"),
    rows("""
recieve | get | receive | to get
perseption | awareness | perception | conscious awareness
defense | protection | defence | protection of a thing
photosynthsis | light to sugar | photosynthesis | light, water and CO2 to sugar
practise | to train | practice | to train often
приветь | hello | привет | hello, hi
"""),
)
def test_a_misspelt_word_goes_on(front: str, back: str, other: str, told: str) -> None:
    assert goes_on((front, back), (other, told), STAYED)
    assert goes_on((other, told), (front, back), STAYED)


@pytest.mark.parametrize(
    ("one", "other", "within", "listed"),
    [
        ("planet", "plant", True, True),
        ("planets", "plants", True, True),
        ("good", "goods", True, True),
        ("planet", "planets", False, False),
        ("capitol", "capital", False, True),
        ("planet", "plamet", False, False),
        ("planet", "planet", False, False),
    ],
)
def test_two_words_are_known_within_a_question_and_in_a_list(one: str, other: str, within: bool, listed: bool) -> None:
    assert two_words(one, other) is two_words(other, one) is within
    assert two_words(one, other, listed=True) is listed
