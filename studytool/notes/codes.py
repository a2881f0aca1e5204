"""What each code of a diagnostic means: `studytool check --explain CODE` prints it."""

from __future__ import annotations

CODES: dict[str, str] = {
    "broken-separator": (
        "In a deck the line that should part a question from its answer does not: `?![[figure.png]]` glues the picture "
        "to the `?`, a `?` has nothing above it or nothing below it, or a second `?` follows before a blank line. A "
        "block of Obsidian Anki Sync has no `::`. No card is made of it, or of one side less than was meant. Put the "
        "`?` on a line of its own between the two, and a blank line behind the answer."
    ),
    "card-in-answer": (
        "Inside an answer that goes on to the next card or heading stands what looks like a card of its own: below "
        "`A:` or `C:` a question with text below it, a bold question, a line `front::back`, and a callout, a table of "
        "terms or lines `- **Term**: …` after a blank line where nothing announces them; there, "
        "and under a heading or a bold line that asks, what is written in a form that counts nowhere, or not in a note "
        "without a tag: `Question: …` and `Answer: …`, in other languages too, `q:` and `a:`, `front :: back`, a line "
        "that is only `?`. It may as "
        "well be a part of the answer, so it stays there and nothing is lost. If it is a card, do as the hint says: "
        "an empty line or a line `---` above it, `Q:` and `A:`, or the tag `#flashcards`. A question with options "
        "and the right one told, a card between `START` and `END` and the like need none of it: they end the answer."
    ),
    "chat": (
        "The note records a chat with an assistant: both sides speak in turns (`**User**:`, `**AI**:`). Its sentences "
        "are not yours and its headings are not about one topic, so only cards that are written as such are made of "
        "it. Write `cards: derived` in its front matter to have the others as well, or `cards: off` to have none."
    ),
    "choice-data": (
        "A question with options does not say which of them is right, calls all of them right, or has one option only: "
        "`- [ ] 4` and `- [ ] 5` under “What is 2 + 2?”. It is not asked, because nothing could mark the answer. Tick "
        "what is right, `- [x] 4`, and leave the rest open; below a list of questions with lettered options write the "
        "letters by the numbers, `Answers: 1-b, 2-a`."
    ),
    "dangling-embed": (
        "`![[Dropout]]` or `![[Dropout#Why it helps]]` should put a note, a part of one or a file in its place, and "
        "there is no such note, part or file. On a card its name stands there instead, which is rarely an answer: "
        "there it is a warning, elsewhere an info. Correct the name; a part is a heading of the note, or `^` and the "
        "id of a block. It is said, too, of an embed on a card that leads back to what it stands in, and is put in "
        "its place once: take one embed out. And of `((id))` in a block of Logseq, where no block has that id, or the "
        "one that has it names itself again."
    ),
    "dangling-image": (
        "`![[curve.png]]` or `![a curve](img/curve.png)` names a file that is not in the library. On a card it is a "
        "warning, since the card may make no sense without it, elsewhere an info. A path is looked for from the folder "
        "of the note, then from the root of the library, then the name alone anywhere. Put the file there, or correct "
        "its name. Addresses on the net are not looked at."
    ),
    "dangling-link": (
        "`[[Weight decay]]` or `[weight decay](decay.md)` leads to a note that is not in the library. That is no "
        "slip where you link to notes that you have yet to write, so it is never more than an info. The note may be "
        "called by its file name, its title or an alias, in any case. Write the note, add an alias, or correct the "
        "link."
    ),
    "defined-twice": (
        "A note defines a term in two places, in other words. The first text is the card. A lead that only returns "
        "from list to list, such as “Cost”, is a label and makes none. Put both texts together, or name one of them "
        "otherwise."
    ),
    "demo-value": (
        "A link to a demo gives a parameter a value that it cannot have: `demo:perceptron?learning_rate=1e9`. The demo "
        "does not start with it. Correct it in the note; `studytool demo NAME --json` lists the bounds."
    ),
    "duplicate-card": (
        "Two cards ask the same and answer the same, to the letter: they are one card, studied once, shown where it "
        "stands first. A card that was copied to be changed should be changed; otherwise delete one of them."
    ),
    "empty-answer": (
        "In a deck nothing stands behind the separator of a line: `The wren::`. It is not studied, because there is "
        "nothing to tell. Write the answer behind it on the same line, or take the separator out where the line is no "
        "card."
    ),
    "empty-note": (
        "The file holds nothing but white space. It may wait for its text, or a program may have lost it. Write "
        "something to study in it, or delete it."
    ),
    "empty-section": (
        "A part that becomes a card on the note's topic, such as `> [!summary]` or “Example:”, has nothing under it. "
        "No card is made of it. Write its text, or take the heading out."
    ),
    "formula": (
        "A formula on a card opens something that it does not close, or the other way round: a brace, `\\left`, "
        "`\\begin`, as in `$\\frac{1}{0$`. It is shown as it was most likely meant, which may be wrong. Close it."
    ),
    "front-matter": (
        "What stands between the two `---` at the top of the note is not valid YAML or TOML, or the second `---` is "
        "missing: `title: [unclosed`, `tags: a: b`. The note is read all the same, and so are the lines of its front "
        "matter that can be. Correct the line; text with a colon or a bracket in it needs quotes."
    ),
    "gift-syntax": (
        "A question in Moodle's GIFT notation cannot be read: a brace that is never closed or never opened, answers "
        "in two places, text before the first option. No card is made of it. Correct it; `\\{`, `\\}`, `\\=`, `\\~` "
        "and `\\#` are signs that are text."
    ),
    "left-aside": (
        "No card is made of these lines: no dialect takes them. Nothing is wrong with a paragraph that only explains. "
        "If you expected a card here, see how it should be written in the documentation of the dialects, or write it "
        "as `Q: …` and `A: …`. It is a warning where one question alone has the letters of another language, `F:` "
        "and `A:`: those count where several have them."
    ),
    "long-answer": (
        "The name of the note asks, and the note is a long article rather than an answer: nobody recalls so much at "
        "once, so no card is made of the whole, and nothing that could answer stands before its first heading. Give it "
        "a part that says what it comes to, `> [!summary]`, or cards of its own."
    ),
    "match-data": (
        "A table of two columns stands under a question that asks to match them, and there is nothing to match in it: "
        "a single pair, a row without a right side, a left side that stands there twice, right sides that are all the "
        "same, more than 20 rows. It is not asked to be matched. Correct the table; a row with an empty left side is "
        "there to mislead, and is no pair."
    ),
    "no-answer": (
        "A question has no answer: `Q:` with neither `A:` under it nor what a quiz asks for (options, `= answer`, a "
        "list to put in order, a table to match), an `A:` with nothing behind it, or a heading that asks with nothing "
        "under it. No card is made of it. Write the answer, or keep the question under “Questions:” to be asked "
        "without one."
    ),
    "no-cards": (
        "A place that is marked for flashcards holds none: `flashcards: What a hash is` in front matter, which is a "
        "text and no list, or a fence marked `flashcards` without entries or with YAML that cannot be read. Write a "
        "list of entries with `front:` and `back:`, or in the fence lines `Q:` and `A:`. A text with a colon in it "
        "needs quotes."
    ),
    "no-deletion": (
        "A cloze has nothing to fill in: `C: The mitochondrion is the powerhouse of the cell.` Put brackets around "
        "what should be asked: `C: The [mitochondrion] is the powerhouse of the cell.` A block of Obsidian Anki Sync "
        "has `==…==` or `{{c1::…}}`."
    ),
    "no-question": (
        "An answer has no question: `A:` without `Q:` above it, or a `Q:` with nothing behind it. No card is made of "
        "it. Write the question."
    ),
    "not-utf8": (
        "The file holds bytes that are no UTF-8, so its text is not known for sure: often an old file in Latin-1 or "
        "Windows-1252, where `é` is one byte. It is not read. Save it as UTF-8 in your editor. A picture, a PDF or "
        "another file that is no text is no note."
    ),
    "answer-value": (
        "A line `= …` under a question holds nothing, or something that no typed answer can meet: `= 5 … 1 m`, "
        "`= 3 ± -1`, `= 0 ± 5 %`, `= 2 ±`. A range that runs backwards and a tolerance below zero are read as they are "
        "meant; what is no number is not asked. Write `= 1 … 5 m`, `= 3 ± 1`, `= 0 ± 1`; words, `nan` too, are typed "
        "as they stand."
    ),
    "bad-schedule": (
        "A comment `<!--SR:!2024-01-01,3,250-->` that another program has left under a card holds a date or a number "
        "that is none. The card is made and starts as a new one. Correct the comment, or delete it."
    ),
    "too-many-deletions": (
        "One text hides so many words that each of its cards would ask for next to nothing: more than 200. No card is "
        "made of it. Part it into several texts."
    ),
    "too-many-marks": (
        "A line of a deck has so many marks that the last of them are not read: more than 500, of which few hide or "
        "part anything, as `==` in code. What stands behind them is on no card. Part it into several lines."
    ),
    "unread-card": (
        "`<!--ID: 1600000000000-->`: Obsidian_to_Anki wrote the id of a note in Anki below this text, so it is a "
        "card; but not as `START` and `END`, and none of the forms that the plugin's documentation lists fits: a "
        "heading and a text, `front::back`, a text with `{deletions}` or `==deletions==`, a prompt with a tag, a rule "
        "or a table between the sides. No card is made of it. Write it as `Q:` and `A:`, or keep the vault's settings "
        "of the plugin with the notes."
    ),
    "unreadable-picture": (
        "A picture on a card is there and cannot be shown: what is in its file is no PNG, JPEG, GIF, WebP or BMP, or "
        "it has more pixels than can be shown in any terminal (20 million). Its name stands on the card instead. Save "
        "it anew, or smaller."
    ),
    "vault-settings": (
        "The settings of a plugin of this vault, below `.obsidian/plugins`, cannot be read, so that its separators and "
        "tags are not known: the plugin's own defaults are taken. Save the settings of the plugin again."
    ),
    "question-without-answer": (
        "A note that has two sides, as those written for Anki or Moodle have, lacks one of them: `START`, `Basic` and "
        "a front, but no `Back:`. No card is made of it. Write the side that is missing."
    ),
    "quiz-syntax": (
        "A line of a quiz in text2qti's notation is none that such a quiz has: no question `1. …`, no option `*a) …`, "
        "no answer `= …` or `* …`, no feedback `... …`. It is left aside. Indent the lines that go on with the one "
        "above them, or delete it."
    ),
    "stub": (
        "The name of the note asks, `What is overfitting.md`, and its text does not answer: it is empty, or holds "
        "links and nothing else. No card is made of the name. Write the answer into the note."
    ),
    "unclosed-quote": (
        "In a file of notes that Anki has exported, a column begins with a quote and no quote ends it, so where the "
        "note stops is not known: neither it nor any below is read. Close it; a quote that is text is written twice."
    ),
    "unclosed-details": (
        "A question in `<details><summary>…</summary>` has no `</details>`, so where its answer ends is not known: it "
        "goes on to the next heading. Close it."
    ),
    "template": (
        "Templater makes notes of this one: a command such as `<% tp.file.title %>` stands in it, in a heading, alone "
        "or behind a label. Its questions are for whoever fills them in, so only cards that are written as such are "
        "made of it. A command in code, or in a sentence that tells of it, makes no template. Write `cards: on` in its "
        "front matter to have all cards, or `cards: off` to have none."
    ),
    "too-large": (
        "The file is larger than any note should be: a log or a database with the wrong ending, perhaps. It is not "
        "read. Split it into smaller notes, or keep it elsewhere."
    ),
    "untagged-card": (
        "Text, a line that is only `?` and text below it look like a card of Obsidian's spaced repetition plugin, but "
        "nothing says that the note is a deck, and it holds other text as well. No card is made of it. Tag the note "
        "`#flashcards`, or write the card as `Q: …` and `A: …`."
    ),
    "unbalanced-cloze": (
        "A bracket of a cloze is opened and not closed: `C: The [mitochondrion is the powerhouse of the cell.` What "
        "should be asked is not known, so no card is made of it. Close the bracket, or write `\\[` for one that is "
        "text."
    ),
    "unclosed-block": (
        "A note written for Anki begins with `START`, `STARTI [` or `<!-- basicblock-start -->` and has no end, so "
        "where it stops is not known and no card is made of it. Write a line `END` after its last field, `ENDI]` on "
        "the same line, or `<!-- basicblock-end -->`."
    ),
    "unclosed-fence": (
        "A block of code begins with ``` and never ends, so everything below it counts as code and no card is made of "
        "it. Close it with a line of the same marks."
    ),
    "unknown-demo": (
        "`demo: percepton` in the front matter, or a link such as `[see it](demo:percepton)`, names a demo that does "
        "not exist. The card is studied without it. `studytool demo` lists the demos."
    ),
    "unknown-level": (
        "`cards: expilcit` in the front matter of a note names no level of card, so all levels are read as if it did "
        "not stand there. The levels are `explicit`, `structured` and `derived`; `cards: off` makes no cards."
    ),
    "unknown-parameter": (
        "A link to a demo sets a parameter that this demo does not have: `demo:perceptron?speed=1`. The demo runs "
        "without it. `studytool demo NAME --json` lists what it has."
    ),
    "unreadable": (
        "A file or a folder cannot be opened: its permissions forbid it, it is a link to something that is gone, or it "
        "is no ordinary file. The rest is read. Check its permissions, or take it out of the folder."
    ),
    "answer-in-prompt": (
        "Style: every word of a short answer stands in its prompt, so that the card is answered by reading: “What does "
        "dropout drop? Units that dropout drops.” Word the prompt without them. Nothing is said of formulas, numbers "
        "and prompts that give a choice (“… or …”)."
    ),
    "long-list": (
        "Style: the answer lists more than five items. Whoever forgets one has failed the whole card, and it comes "
        "back every other day. Part it into cards of one fact each, or ask for three of them."
    ),
    "same-answer": (
        "Style: two cards have the same answer, and their prompts the same words: they ask one thing twice. Keep one "
        "of them, or let the other ask for something else."
    ),
    "same-prompt": (
        "Style: two cards have the same prompt and different answers, so that nobody knows which one is meant. Cards "
        "written as such are compared with all others, the rest with those of its own topic. Say in both prompts what "
        "is meant, or make one card of them."
    ),
    "wordy-answer": (
        "Style: the answer has more than forty words, code aside and a formula counted as one. So long an answer is "
        "mostly several facts, and hard to mark. Ask for one fact, and keep the rest in the text of the note."
    ),
    "yes-no-card": (
        "Style: the answer is only yes, no, true or false: half of such cards are right by guessing, and little is "
        "learned by them. Ask what, why or how. As a question of a quiz, true or false is fine: write it with options."
    ),
    "failed-check": (
        "`check --run` has executed the check that a card carries, a fence ```` ```python check ```` or ```` ```claim "
        "check ```` below it, and it raises something, comes to false or to something else than the card answers. "
        "Correct the card, or its check."
    ),
    "failed-claim": (
        "A demo that the notes link claims something that its own runs do not bear out, or it cannot be run. "
        "`studytool demo NAME --claims` tries each of its claims on all the seeds that it names."
    ),
    "stray-check": (
        "A check, a fence ```` ```python check ````, stands above every card of its note, or in a note without any: it "
        "checks nothing. A check belongs to the card above it. Put it there, or delete it."
    ),
}
"""A paragraph for every code: what it means, an example, what to do."""
