"""Words, names, units and signs that are put for each other where an edit makes another question of a card."""

from __future__ import annotations

UNITS = (
    *(
        ("metres", "kilometres"),
        ("kilometres", "miles"),
        ("seconds", "minutes"),
        ("minutes", "hours"),
        ("years", "months"),
    ),
    *(("ms", "s"), ("kg", "g"), ("cm", "mm"), ("bits", "bytes"), ("MB", "GB"), ("°C", "K"), ("volts", "amperes")),
    *(("days", "weeks"), ("litres", "millilitres"), ("degrees", "radians"), ("Hz", "kHz")),
    *(
        ("m/s", "km/h"),
        ("ohms", "farads"),
        ("Volt", "Ampere"),
        ("Ohm", "Watt"),
        ("K", "degrees"),
    ),
)
MONTHS = ("January", "March", "May", "June", "August", "October", "mai", "juin", "Mai", "Juni", "мая", "июня")
NAMES = (
    (
        "Rosenblatt",
        "Minsky",
        "Hinton",
        "LeCun",
        "Bengio",
        "Rumelhart",
        "Hochreiter",
        "Goodfellow",
        "Sutton",
        "Novikoff",
    ),
    ("Caesar", "Napoleon", "Stalin", "Khrushchev", "Frederick", "Mozart", "Newton", "Einstein", "Maria Theresa"),
    ("Vienna", "Paris", "London", "Madrid", "Nantes", "Augsburg", "Versailles", "Tordesillas", "Normandy", "Versalles"),
    ("France", "Germany", "Russia", "Portugal", "Spain", "Austria", "Prussia", "Marruecos", "Silesia"),
    ("ReLU", "GELU", "SELU"),
    ("SGD", "Adam", "AdaGrad", "RMSProp", "AdamW", "Nesterov"),
    ("PyTorch", "TensorFlow", "JAX", "Keras", "Python", "Java", "SQL"),
    ("CNN", "RNN", "LSTM", "GRU", "MLP", "GAN"),
    ("GPU", "CPU", "TPU"),
    ("GPUs", "CPUs", "TPUs"),
    ("XOR", "AND", "OR", "NAND"),
    ("ImageNet", "MNIST", "CIFAR", "AlexNet", "ResNet", "LeNet", "VGG", "Inception", "BERT", "GPT"),
    ("Ohm", "Hooke", "Boyle", "Coulomb", "Faraday"),
)
EXTREMES = (
    *(
        ("minimum", "maximum"),
        ("minimal", "maximal"),
        ("minimise", "maximise"),
        ("lowest", "highest"),
        ("least", "most"),
    ),
    *(("smallest", "largest"), ("shortest", "longest"), ("slowest", "fastest"), ("min", "max"), ("worst", "best")),
    *(
        ("at least", "at most"),
        ("minima", "maxima"),
        ("minimising", "maximising"),
        ("fewest", "most"),
        ("last", "first"),
    ),
)
PREFIXED = (
    *(("presynaptic", "postsynaptic"), ("hypotonic", "hypertonic"), ("endothermic", "ectothermic")),
    *(("exocrine", "endocrine"), ("afferent", "efferent"), ("elastic", "inelastic"), ("converging", "diverging")),
    *(("expiration", "inspiration"), ("encode", "decode"), ("encoder", "decoder"), ("overfitting", "underfitting")),
    *(
        ("supervised", "unsupervised"),
        ("linear", "nonlinear"),
        ("convex", "nonconvex"),
        ("deterministic", "nondeterministic"),
    ),
    *(("input", "output"), ("inputs", "outputs"), ("forward", "backward"), ("upsampling", "downsampling")),
    *(("pretrained", "untrained"), ("trained", "untrained"), ("labelled", "unlabelled")),
    *(("import", "export"), ("Anabolism", "Catabolism"), ("Intracellular", "Extracellular"), ("Encoding", "Decoding")),
    *(("Immutable", "Mutable"), ("Emission", "Immission"), ("Concave", "Convex"), ("regular", "irregular")),
    *(("correct", "incorrect"), ("dependent", "independent"), ("bounded", "unbounded"), ("known", "unknown")),
)
DEGREES = (
    *(("large", "larger"), ("large", "largest"), ("larger", "largest"), ("small", "smaller"), ("smaller", "smallest")),
    *(("long", "longest"), ("deep", "deeper"), ("deeper", "deepest"), ("wide", "wider"), ("fast", "faster")),
    *(("good", "better"), ("better", "best"), ("good", "best"), ("many", "most"), ("more", "most"), ("high", "higher")),
    *(("low", "lower"), ("warm", "warmer"), ("colder", "coldest"), ("close", "closest"), ("steep", "steepest")),
)
PLURALS = (
    ("What is a custom?", "What a group does by habit.", "What are customs?", "A duty on goods that cross a border."),
    ("What is a statistic?", "A number computed from a sample.", "What is statistics?", "The study of data."),
    ("What is a good?", "What serves a need.", "What are goods?", "Freight, or things for sale."),
    ("What is a mean?", "The sum divided by the count.", "What are means?", "What serves an end, money above all."),
    ("Arm", "The limb from the shoulder to the hand.", "Arms", "Weapons of war."),
    ("Damage", "Harm that was done.", "Damages", "Money that a court grants for a loss."),
    ("What is a spirit?", "A mind without a body.", "What are spirits?", "Distilled liquor."),
    ("Premise", "What an argument rests on.", "Premises", "A building with its land."),
    ("Content", "What a text says.", "Contents", "The list of chapters."),
    ("Scale", "A range of values.", "Scales", "A device to weigh things."),
    ("Security", "Freedom from danger.", "Securities", "Shares and bonds that are traded."),
    ("Glass", "A brittle transparent solid.", "Glasses", "Lenses before the eyes."),
    ("Force", "What changes a motion.", "Forces", "The army, navy and air arm."),
    ("Letter", "A sign of the alphabet.", "Letters", "Literature as a field of learning."),
    ("Which layer comes first?", "The input layer.", "Which layers come first?", "Those that convolve."),
    ("Which gas is inert?", "Argon, for one.", "Which gases are inert?", "Helium, neon, argon, krypton and xenon."),
)
KINDRED = (
    ("What does DNA stand for?", "Deoxyribonucleic acid", "What does RNA stand for?", "Ribonucleic acid"),
    ("Hauptstadt von Österreich", "Wien", "Hauptstadt von Australien", "Canberra"),
    ("le livre", "the book", "la livre", "the pound"),
    ("HTTP 403", "Forbidden", "HTTP 404", "Not found"),
    (r"$\frac{d}{dx} \sin x$", r"$\cos x$", r"$\frac{d}{dx} \cos x$", r"$-\sin x$"),
    ("What does `ls -l` print?", "A long listing, a file a line.", "What does `ls -a` print?", "Hidden files, too."),
    ("When was Mozart born?", "1756, in Salzburg", "When did Mozart die?", "1791, in Vienna"),
    ("What does `git add` do?", "It stages a change.", "What does `git am` do?", "It applies a mailed patch."),
    ("What is RAM?", "Memory that forgets without power.", "What is ROM?", "Memory that is only read."),
    ("Was ist ein Prozess?", "Ein laufendes Programm.", "Was ist ein Prozessor?", "Was Befehle ausführt."),
    ("Was ist die Seite?", "Ein Blatt hat zwei davon.", "Was ist die Saite?", "Sie schwingt auf der Geige."),
    ("¿Qué es la casa?", "Un edificio para vivir.", "¿Qué es la caza?", "La persecución de animales."),
    ("Qu'est-ce que le cou ?", "Il porte la tête.", "Qu'est-ce que le coup ?", "Un choc donné à quelqu'un."),
    ("Что такое протон?", "Частица с зарядом плюс один.", "Что такое протеин?", "Белок из аминокислот."),
    ("什么是主键？", "唯一标识一行的列。", "什么是外键？", "指向另一张表的列。"),
    ("什么是进程？", "正在运行的程序。", "什么是线程？", "进程内的一条执行路线。"),
    ("TCP port of SSH", "22", "TCP port of SMTP", "25"),
    ("`<C-u>` in vim", "Half a page up", "`<C-d>` in vim", "Half a page down"),
    ("What is a nitrate?", "A salt with NO3.", "What is a nitrite?", "A salt with NO2."),
    (
        "What is the mitral valve?",
        "Between the left chambers.",
        "What is the aortic valve?",
        "At the exit of the left one.",
    ),
    ("Sum of a geometric series", "$a / (1 - r)$", "Sum of an arithmetic series", "$n (a_1 + a_n) / 2$"),
    ("What does `chmod 644` allow?", "All may read.", "What does `chmod 755` allow?", "All may run it."),
    ("Who wrote Faust I?", "Goethe, in 1808", "Who wrote Faust (opera)?", "Gounod, in 1859"),
    ("What is a Type I error?", "A true hypothesis is rejected.", "What is a Type II error?", "A false one is kept."),
)
UNLIKE_ELSEWHERE = {
    "deutsch.md": (
        *(("größte", "kleinste"), ("vor", "nach"), ("linken", "rechten"), ("steigt", "sinkt"), ("mit", "ohne")),
        *(("leichter", "schwerer"), ("Eingang", "Ausgang"), ("innere", "äußere"), ("nächsten", "fernsten")),
        *(("erwärmt", "abkühlt"), ("Vene", "Arterie"), ("Wann ist", "Wann ist nicht")),
    ),
    "francais.md": (
        *(("maximale", "minimale"), ("avant", "après"), ("augmente", "diminue"), ("plus grande", "plus petite")),
        *(("gauche", "droit"), ("inspiré", "expiré"), ("descend", "monte"), ("accélère", "ralentit")),
        *(("premier", "dernier"), ("obtenus", "perdus")),
    ),
    "espanol.md": (
        *(("aumenta", "disminuye"), ("más", "menos"), ("antes", "después"), ("menor", "mayor"), ("norte", "sur")),
        *(("con", "sin"), ("primer", "último"), ("corto", "largo"), ("hacia", "desde")),
    ),
    "russian.md": (
        *(("возрастает", "убывает"), ("самая длинная", "самая короткая"), ("после", "до"), ("левого", "правого")),
        *(("легче", "тяжелее"), ("вход", "выход"), ("первым", "последним"), ("максимальное", "минимальное")),
    ),
    "chinese.md": (
        *(("增大", "减小"), ("左", "右"), ("太大", "太小"), ("最大", "最小"), ("编码器", "解码器"), ("之前", "之后")),
        *(("过拟合", "欠拟合"), ("行", "列"), ("最长", "最短")),
    ),
}
IN_WORDS = (
    ("two", "three", "four", "five", "six", "ten"),
    ("zwei", "drei", "vier", "fünf"),
    ("deux", "trois", "quatre", "cinq"),
    ("dos", "tres", "cuatro", "cinco"),
    ("first", "second", "third"),
    ("erste", "zweite", "dritte"),
    ("premier", "second", "troisième"),
)
OPERATORS = (
    *(
        ("<=", "<"),
        (">=", ">"),
        ("==", "!="),
        ("+=", "-="),
        ("<", r"\le"),
        (">", "<"),
        ("+", "-"),
        ("-", "+"),
        ("/", "*"),
    ),
    *((r"\cdot", "+"), (r"\le", "<"), ("//", "/"), ("=", r"\ne"), (r"\times", "+")),
)
OPPOSITE = (
    *(("large", "small"), ("high", "low"), ("more", "less"), ("before", "after"), ("increase", "decrease")),
    *(("too large", "too small"), ("true", "false"), ("right", "wrong"), ("with", "without"), ("raises", "lowers")),
    *(("can", "cannot"), ("is", "is not"), ("does", "does not"), ("was not", "was")),
)
