"""Words that say little, in lists: stop words of fifteen languages, general words, and those that begin no term.

The language of a text is not guessed: a short one does not tell it. So a word that says little in one language and
means something in another (Polish "pod", Dutch "haar", Spanish "sin", French "car") stands in none of the lists.
`studytool.quiz.words` tells which words of a text are among them.
"""

from __future__ import annotations

ENGLISH = (
    "a about above across after again against all also although always among an and another any are as at be because "
    "been before being below between both but by can cannot could did do does doing done down during each either "
    "else etc even every few for from further gave get gets give given gives giving had has have having he her here "
    "hers him his how however i if in into is it its itself just let like made make makes many may me might more "
    "most much must my neither no nor not now of off often on once one only or other our ours out over own per "
    "rather s same she should since so some such t than that the their them then there therefore these they this "
    "those through thus to too two under until up upon us use used uses using very via was we well were what when "
    "where whether which while who whom whose why will with within without would yes you your "
    # what is left of "don't" and "wasn't"
    "don doesn didn isn aren wasn weren hasn haven hadn couldn shouldn wouldn "
    # what a question is made of
    "answer call called define definition describe difference differences example examples explain list mean meaning "
    "means name question state work works"
)
OTHERS = (
    # German
    "aber alle allem allen aller alles als also am andere anderen anderer anderes auch auf aus außer bei beim "
    "bereits bevor bis bzw da dabei dadurch daher damit dann darauf das dass davon dazu dein dem den denen denn der "
    "deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer "
    "eines einige er es etwa etwas euch für gibt habe haben hat hatte hier ihm ihn ihr ihre ihrem ihren ihrer im "
    "immer indem innerhalb ist jede jedem jeden jeder jedes jedoch jeweils kann kein keine keinem keinen keiner "
    "können könnte man mehr mehrere mit muss müssen nach nicht nichts noch nur ob obwohl oder ohne schon sehr sein "
    "seine seinem seinen seiner seit selbst sich sie sind so sodass solche soll sollen sollte sondern sowie sowohl "
    "über um und uns unser unter viele vom von vor war waren wann warum was weil weiter welche welchem welchen "
    "welcher welches wenn wer werden wie wieder wir wird wo worden wozu wurde wurden würde zu zum zur zwei zwischen "
    # French
    "afin ainsi après au aussi autre autres aux avant avec beaucoup ce cela celle celles celui ces cet cette ceux "
    "chaque chez comme dans de depuis des deux doit doivent donc dont du elle elles en encore entre est et été être "
    "eux faire fait faut il ils jamais la le les leur leurs lors lorsque lui mais même mêmes moins ne nos notre nous "
    "on ont ou où par parce pas pendant peu peut peuvent plus plusieurs pour puis quand que quel quelle quelles "
    "quels qui sa sans se ses si sinon son sont sous sur toujours tous tout toute toutes très un une vers vos votre "
    "vous "
    # Spanish
    "además al algún alguna algunas alguno algunos ambas ambos antes así aunque cada como con cual cuál cuales "
    "cuáles cualquier cuando del desde después donde durante el ella ellas ellos entre es esa esas ese eso esos esta "
    "está estas este esto estos están fue hace hacia hasta hay la las lo los más menos mientras misma mismas mismo "
    "mismos mucho mucha muchas muchos muy otra otras otro otros para pero poco por porque pueda puede pueden qué "
    "quién según ser siempre siendo sino sobre son su sus también tanto tiene tienen toda todas todos una unas uno "
    "unos varias varios y ya "
    # Italian
    "agli alcune alcuni alla alle allora altra altre altri altro anche ancora avere che chi ciascun ciascuna ciò "
    "cioè cosa così cui dai dal dall dalla dalle degli dei del dell della delle dello deve devono dopo dove essa "
    "esse essere essi esso gli hanno inoltre invece loro mentre molte molti molto negli nei nel nell nella nelle "
    "nello nessun nessuna ogni ognuno oppure ovvero però perché più poiché possono può qualche quale quali qualsiasi "
    "quando quella quelle quelli quello questa queste questi questo quindi sono stata stati stesse stessi stessa "
    "stesso sua sue sugli sui sul sull sulla sulle suo suoi tra tutta tutte tutti tutto una uno vengono viene "
    # Portuguese
    "além ainda ambos antes aos apenas apesar aquela aquele aqueles através cada com como das dela dele deles "
    "depende depois desde devem dos durante duas ela elas ele eles então entre era essa essas esse esses está estão "
    "este foi foram isso isto mais mas mesma mesmo muita muitas muito muitos nas não nem nessa nesse nesta neste num "
    "numa onde outra outras outro outros para pela pelas pelo pelos pode podem pois porém porque qual qualquer quais "
    "quando quem são seja sem sempre ser seu seus sido sobre sua suas também tão têm tem ter toda todas todos uma "
    "umas você "
    # Dutch
    "aan alleen andere bij daarom dan dat deze dit een elk elke geen heeft het hun kunnen maar meer moet moeten naar "
    "niet nog ook omdat onder ons tegen tussen uit veel voor waar waarom wanneer wat welk welke wel wordt worden "
    "zich zij zijn zoals zonder "
    # Polish
    "albo ale bardzo bez będzie był była było być czy czym dla dlaczego gdy gdzie ich jak jaka jaki jakie jako jego "
    "jej jest jeśli każda każde każdy kiedy która które którego której który lub między może można nie niż oraz "
    "przed przez przy są się także tego tej też tylko tym wszystkie "
    # Russian
    "без более больше будет будут бы был была были было быть в вам вас весь во вот все всегда всего всех всё вы где "
    "да даже два две для до другая другие других другое другой его ее если есть ещё еще её же за здесь и из или им "
    "именно иметь имеет имеют их к каждая каждого каждое каждой каждую каждый как какая какие какой когда которая "
    "которого которое которой котором которому которую которые который которых кроме кто ли либо лишь между меньше "
    "мне много может могут можно мы на над надо нам нас находится не него нее неё нет ни нибудь них но нужно о об "
    "обычно один одна однако одно одного одной они он она оно от очень по под после потом потому поэтому почему при "
    "про происходит раз с сам свое свои своих свой своя свою себя сейчас сколько со собой такая также такие такое "
    "такой там тем тех то тогда того тоже той только том тот ту у уже хотя чего чей чем через что чтобы эта эти этим "
    "этих это этого этой этом этот эту является являются "
    # Ukrainian
    "або але був була були було бути вже всі він вона вони воно де для до є його її їх за з із інша інше інший кожен "
    "коли лише має між може можна на не ні перед під після при про та так також те тільки того тому у це цей ця "
    "цього чи чому що щоб як яка яке який якщо які "
    # Czech
    "aby ale ani bude být byl byla bylo což další jak jako jeho jejich její jen jsem jsme jsou kde kdy když která "
    "které který kteří může mohou musí nebo není než podle pouze proto protože před při také tak tedy ten tento této "
    "toho tomto všech všechny více "
    # Swedish
    "att det den detta eller ett från för har hur inte jag kan med men mellan måste när också och olika om på samma "
    "som till under utan vad vara vid vilka vilken vilket är över "
    # Turkish
    "ama ancak arasında bir bu çok daha değil diğer gibi göre hangi için ile ise kadar nasıl neden nedir olan olarak "
    "olduğu olur sadece sonra veya "
    # Indonesian
    "adalah akan antara atau bahwa dalam dan dapat dari dengan hanya ini itu jika juga karena ketika lain lebih oleh "
    "pada saat sebagai secara sehingga setiap suatu tidak untuk yang "
    # Vietnamese
    "các của cho được hoặc khi không là mỗi một này những như thì trong từ và với"
)
"""Stop words of German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Ukrainian, Czech,
Swedish, Turkish, Indonesian and Vietnamese."""
GENERAL = (
    # English
    "together apart already almost always never usually often instead rather quite likely enough several still yet "
    "need become come go goes went take put find found want help keep let seem say know think see show look turn try "
    "tell happen occur allow enable ensure provide offer contain include require involve refer represent indicate "
    "depend relate belong consist compose describe consider correspond create handle perform achieve based mainly "
    "basically simply generally typically commonly specifically especially actually directly exactly quickly easily "
    "automatically respectively due less great following related given known common thing way kind type sort lot bit "
    "case fact one ones something anything everything nothing someone whatever people reason purpose goal approach "
    "concept idea aspect detail topic note section good better best bad worse big large small high low little long "
    "short new old older own able possible important certain different various multiple single specific particular "
    "general additional other similar useful effective relevant existing available current actual main entire "
    "complete full real clear basic successful easy easier first last next second third whole part side end ended "
    "ends start begin number time again along around within toward towards "
    # German
    "beispiel möglich verschieden verschiedene bestimmt bestimmte bestimmten möglichkeit anzahl teil stelle stellen "
    "grund besser groß große klein kleine neue neuen erste ersten einzelne einzelnen verwendet verwenden benutzt "
    "besteht bestehen bezeichnet erhält enthält ermöglicht gleich gleiche gleichen meist meistens "
    # French
    "exemple façon manière différents différentes différent possible nombre cas permet permettent utilisé utilisée "
    "utiliser utilise chose choses partie sorte besoin premier première nouveau nouvelle grand grande bon "
    # Spanish
    "ejemplo forma manera tipo tipos caso casos cosa cosas parte vez veces permite permiten diferente diferentes "
    "usado usada usar utiliza utilizar necesario mejor mayor menor primero primera nuevo nueva solo numero lugar "
    # Italian
    "esempio modo modi casi volta volte numero possibile diverso diversi diverse permette permettono consente usato "
    "usata usare utilizzato necessario primo prima secondo nuova nuovo grande serve servono "
    # Portuguese
    "exemplo maneira diferença numero possivel diferentes permite usado usada usar utilizado primeira primeiro "
    # Dutch and Polish
    "voorbeeld manier soort soorten gebruikt przykład przykłady rodzaj sposób używa używany "
    # Russian
    "пример например примеры способ случай случае случаи часть часто типа образом виде вид помощью качестве просто "
    "позволяет позволяют использует используется использовать использования нужен нужна нужны означает необходимо "
    "основе необходимости место месте разные разных новый новая новые время момент данный данная данном данного "
    "данной примере примера количество количества количеством большой большое большим больших используем используют "
    "используя определенный определенные определённый"
)
"""Words that any answer may have: naming them shows nothing."""
VAGUE = (
    "different various certain specific particular possible important multiple several additional other similar "
    "useful following existing available relevant entire whole given old older newer good better best bad worse "
    "great slight slightly large small little many main actual overall real-life own common "
    # Russian
    "данный данная данном данного данной большой большое большим больших различные различных разные разных помощью "
    "качестве результате основе новый новые первый последний следующий определенный определённый"
)
"""Words that begin no term, whatever stands behind them."""
HEADS = "time number type case side part end place person"
"""General words that end terms all the same: response time, prime number, data type."""
TELLING = (
    # English: no words of meaning in a question
    "mean more most less few same all both each every before after above below up down out over under off once only "
    "never no not without some any name state work many other very against between during again too further "
    # how much, which of them, before or after what, and whether at all, in the other languages
    "alle allem allen aller alles andere anderen anderer anderes außer bereits bevor dagegen einige ende etwas immer "
    "innerhalb jede jedem jeden jeder jedes kein keine keinem keinen keiner mehr mehrere nach nichts noch nur ohne "
    "schon sehr selbst seit soll sollen sollte unter viele vor weiter wieder während zwei über zwischen muss müssen "
    "kann können après autre autres avant beaucoup chaque depuis deux doit doivent encore entre faut fait jamais "
    "même mêmes moins pendant peu peut peuvent plus plusieurs puis sans sous sur toujours tous tout toute toutes "
    "très vers algún alguna algunas alguno algunos ambas ambos antes cada cualquier desde después durante hacia "
    "hasta más menos mientras misma mismas mismo mismos mucho mucha muchas muchos muy otra otras otro otros poco "
    "pueda puede pueden siempre sobre tanto toda todas todos varias varios alcune alcuni altra altre altri altro "
    "ancora deve devono dopo mentre molte molti molto negli nessun nessuna ogni ognuno oppure ovvero più possono può "
    "qualsiasi stesse stessi stessa stesso sugli sui sul sull sulla sulle tra tutta tutte tutti tutto além ainda aos "
    "apenas apesar através com depois devem dos duas mais mesma mesmo muita muitas muito muitos não nem outra outras "
    "outro outros pelas pelos pode podem qualquer sem sempre tão alleen elk elke geen kunnen meer moet moeten naar "
    "niet nog ook onder tegen tussen uit veel voor zonder albo bez bardzo każda każde każdy lub między może można "
    "nie niż przed przez przy tylko wszystkie без больше вверх весь во все всегда всего всех всё два две до другая "
    "другие других другое другой еще ещё за из или каждая каждого каждое каждой каждую каждый кроме либо лишь между "
    "меньше много может могут можно на над не ни нибудь но нужно один одна одно одного одной от очень по под после "
    "потом при раз с самый только через або всі з із інша інше інший кожен лише між може можна ні перед під після та "
    "тільки тому ani jen kde kdy když nebo není než podle pouze před při také více všech všechny může mohou musí "
    "eller från inte mellan måste olika på samma till under utan vid ancak arasında çok daha değil diğer göre kadar "
    "sadece sonra veya antara atau dalam dari dengan hanya lain lebih oleh pada setiap tidak untuk các hoặc không "
    "mỗi một những trong từ với"
)
"""Stop words that change what an answer says: how much, which of them, before or after what, whether at all."""
