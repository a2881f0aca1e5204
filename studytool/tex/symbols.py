"""What LaTeX's commands stand for: letters, signs by what they do in a formula, operators, delimiters, spaces."""

from __future__ import annotations

from studytool.tex.tree import Kind


def _table(text: str) -> dict[str, str]:
    """Names and what they stand for, alternating."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _names(text: str) -> list[str]:
    return text.split()


_ORDINARY = _table("""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ
    chi χ psi ψ omega ω digamma ϝ
    Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο
    Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
    varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varPhi Φ varPsi Ψ varOmega Ω
    infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ ell ℓ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ gimel ℷ imath ı jmath ȷ eth ð
    emptyset ∅ varnothing ∅ prime ′ backprime ‵ top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △ square □ Box □
    blacksquare ■ Diamond ◇ lozenge ◊ degree ° S § P ¶ copyright © pounds £ euro € checkmark ✓ maltese ✠
    dagger † ddagger ‡ dag † ddag ‡ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯
    ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ mathellipsis …
    textellipsis … textbackslash \\ complement ∁ mho ℧ surd √ bigstar ★ blacktriangle ▲ qed ∎
    R ℝ N ℕ Z ℤ Q ℚ C ℂ E 𝔼 reals ℝ Reals ℝ naturals ℕ integers ℤ complexes ℂ
    % % # # $ $ & & _ _ aa å AA Å ae æ AE Æ o ø O Ø ss ß oe œ OE Œ l ł L Ł textdegree ° textquoteright ’
    lq ‘ rq ’ textasciitilde ~ textasciicircum ^ textunderscore _ ldotp . cdotp · And & lbrack [ rbrack ]
""")

_BINARY = _table("""
    pm ± mp ∓ times × div ÷ cdot · ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨
    wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ circledcirc ⊚
    circledast ⊛ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ dotplus ∔ ltimes ⋉ rtimes ⋊ bowtie ⋈ Cap ⋒ Cup ⋓ amalg ⨿
    barwedge ⊼ veebar ⊻ xor ⊻ bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ intercal ⊺ centerdot ·
    divideontimes ⋇ curlyvee ⋎ curlywedge ⋏ backslash ∖
""")

_RELATIONS = _table("""
    le ≤ leq ≤ leqslant ≤ leqq ≦ ge ≥ geq ≥ geqslant ≥ geqq ≧ ne ≠ neq ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ lt < gt >
    nless ≮ ngtr ≯ nleq ≰ ngeq ≱ equiv ≡ sim ∼ nsim ≁ simeq ≃ approx ≈ approxeq ≊ cong ≅ ncong ≇ asymp ≍ doteq ≐
    propto ∝ varpropto ∝ triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕ eqdef ≝ thicksim ∼ thickapprox ≈ lesssim ≲
    gtrsim ≳ lessgtr ≶ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆
    supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒
    mid | nmid ∤ parallel ∥ nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ vDash ⊨ models ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭ smile ⌣
    frown ⌢ therefore ∴ because ∵ indep ⫫ Perp ⫫ trianglelefteq ⊴ trianglerighteq ⊵ between ≬ pitchfork ⋔
    to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷
    Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺ Longrightarrow ⟹ Longleftarrow ⟸
    Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓
    Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀
    rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ leadsto ⇝
    rightsquigarrow ⇝ twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ nrightarrow ↛
    nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nLeftrightarrow ⇎ circlearrowleft ↺ circlearrowright ↻ dashrightarrow ⇢
    dashleftarrow ⇠ rightrightarrows ⇉ leftleftarrows ⇇ rightleftarrows ⇄ leftrightarrows ⇆ Rrightarrow ⇛
    rarr → larr ← lrarr ↔ rArr ⇒ Rarr ⇒ hArr ⇔ Harr ⇔
""")

_OPENING = _table("lparen ( lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lgroup ⟮ ulcorner ⌜ llbracket ⟦")
_CLOSING = _table("rparen ) rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rgroup ⟯ urcorner ⌝ rrbracket ⟧")
_PREFIXES = _table("forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬")
_BARS = _table("vert | | ‖ Vert ‖")

SYMBOLS: dict[str, tuple[str, Kind]] = {
    **{name: (text, "ord") for name, text in _ORDINARY.items()},
    **{name: (text, "bin") for name, text in _BINARY.items()},
    **{name: (text, "rel") for name, text in _RELATIONS.items()},
    **{name: (text, "open") for name, text in _OPENING.items()},
    **{name: (text, "close") for name, text in _CLOSING.items()},
    **{name: (text, "prefix") for name, text in _PREFIXES.items()},
    **{name: (text, "bar") for name, text in _BARS.items()},
    "colon": (":", "punct"),
    "slash": ("/", "slash"),
}
"""Commands, without their backslash, that stand for one sign."""

CHARACTERS: dict[str, tuple[str, Kind]] = {
    **{sign: (sign, "bin") for sign in _BINARY.values()},
    **{sign: (sign, "rel") for sign in _RELATIONS.values() if sign != "⊥"},
    **{sign: (sign, "open") for sign in _OPENING.values()},
    **{sign: (sign, "close") for sign in _CLOSING.values()},
    **{sign: (sign, "prefix") for sign in _PREFIXES.values()},
    **{sign: (sign, "bar") for sign in _BARS.values()},
    **{sign: (sign, "rel") for sign in "=:"},
    **{sign: (sign, "punct") for sign in ",;"},
    "+": ("+", "bin"),
    "-": ("−", "bin"),
    "−": ("−", "bin"),
    "*": ("*", "bin"),
    "/": ("/", "slash"),
    "[": ("[", "open"),
    "]": ("]", "close"),
}
"""Characters that are more than a letter."""

_LARGE = _table("""
    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
""")
_INTEGRALS = _table("int ∫ smallint ∫ iint ∬ iiint ∭ oint ∮ oiint ∯")
_LIMIT_NAMES = _names("max min sup inf lim limsup liminf argmax argmin det gcd Pr injlim projlim")
_NAMES = _names("""
    log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arctanh sech csch arg deg dim hom ker
    mod sgn sign softmax erf rank tr Tr diag Var Cov KL lcm
""")

OPERATORS: dict[str, tuple[str, bool]] = {
    **{name: (text, True) for name, text in _LARGE.items()},
    **{name: (text, False) for name, text in _INTEGRALS.items()},
    **{name: (name, True) for name in _LIMIT_NAMES},
    **{name: (name, False) for name in _NAMES},
    "limsup": ("lim sup", True),
    "liminf": ("lim inf", True),
}
"""Commands that stand for an operator: its text, and whether its scripts are limits below and above it."""

LARGE_CHARACTERS: dict[str, bool] = {
    **dict.fromkeys(_LARGE.values(), True),
    **dict.fromkeys(_INTEGRALS.values(), False),
}
"""The same for operators that stand in the source as characters."""

SPACES: dict[str, int] = {
    **dict.fromkeys(_names(", : ; > thinspace medspace thickspace space enspace nobreakspace"), 1),
    " ": 1,
    **dict.fromkeys(("quad", "hfill"), 2),
    "qquad": 4,
    **dict.fromkeys(_names("! / - negthinspace negmedspace negthickspace"), 0),
}
"""Commands for white space and its width in characters."""

SILENT = frozenset(
    _names("""
    displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits displaylimits rm bf it sf tt cal em
    tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge mathstrut strut nonumber notag hline
    big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm ( ) [ relax
    allowbreak nobreak break centering noindent boldmath unboldmath protect left right ]
    """)
)
"""Commands that change the looks of what follows, or help TeX, and say nothing to a reader."""

STYLES: dict[str, str] = {
    **dict.fromkeys(("mathbb", "Bbb", "mathds", "mathbbm"), "blackboard"),
    **dict.fromkeys(("mathcal", "mathscr"), "calligraphic"),
    **dict.fromkeys(("mathfrak", "frak"), "fraktur"),
    **dict.fromkeys(("mathbf", "boldsymbol", "bm", "pmb", "mathbold"), "bold"),
}
"""Commands that set their argument in another alphabet."""

TEXTS = frozenset(_names("text textrm textbf textit textsf texttt textnormal textmd textup textsc emph mbox hbox"))
"""Commands whose argument is prose."""

PLAIN = frozenset(
    _names("""
    mathrm mathit mathsf mathtt mathnormal mathop mathrel mathbin mathord mathopen mathclose mathpunct mathinner
    ensuremath boxed fbox smash mathclap mathllap mathrlap llap rlap
    """)
)
"""Commands that leave their argument as it is on one line."""

DELIMITERS: dict[str, str] = {
    ".": "",
    "<": "⟨",
    ">": "⟩",
    **{"\\" + name: text for name, (text, kind) in SYMBOLS.items()},
}
"""What may stand after `\\left` and `\\right`, with its backslash; any other character stands for itself."""

ENVIRONMENTS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("matrix", "smallmatrix", "array"), ("", "")),
    **dict.fromkeys(("pmatrix", "psmallmatrix"), ("(", ")")),
    **dict.fromkeys(("bmatrix", "bsmallmatrix"), ("[", "]")),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "Bmatrix": ("{", "}"),
}
"""The environments that hold a grid, with their brackets."""
