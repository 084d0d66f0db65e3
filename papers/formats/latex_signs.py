"""LaTeX's names of signs, and the signs that are written by name."""

from pylatexenc.latex2text import get_default_latex_context_db

#: The combining mark that each of LaTeX's accents sets.
ACCENTS = dict(
    zip(
        "`'^\"~=.Hbcdkrtuv",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u030b\u0331\u0327\u0323\u0328\u030a\u0361\u0306\u030c",
        strict=True,
    )
) | dict.fromkeys(("textcommabelow", "cb"), "\u0326")

# Without arguments, or whose only argument is the text.
_SILENT = """
emph textit textbf textsc texttt textrm textsf textsl textmd textup textnormal text mbox hbox fbox
it bf sc tt rm sf sl em itshape bfseries scshape ttfamily rmfamily sffamily slshape upshape mdseries
normalfont small large Large footnotesize scriptsize tiny normalsize uppercase lowercase
MakeUppercase MakeLowercase NoCaseChange protect relax xspace noindent looseness allowbreak nobreak
sloppy displaystyle textstyle mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr
boldsymbol bm bold pmb mathop mathord mathbin mathrel operatorname left right big Big bigg Bigg bigl
bigr limits nolimits url path nolinkurl uline underline ul hat bar vec tilde widehat widetilde
overline dot ddot check breve acute grave verb item centering textcompwordmark begingroup endgroup
nolinebreak ifmmode fi unskip ignorespaces natexlab enquote textsubscript textsuperscript textdbend
"""
_SPACES = "space quad qquad par newline linebreak nobreakspace enspace enskip textvisiblespace"
# What pylatexenc does not know, or knows as a sign of formulas.
_NAMED = r"""
LaTeX=LaTeX LaTeXe=LaTeX2e TeX=TeX BibTeX=BibTeX XeTeX=XeTeX textbar=| textless=< textgreater=>
textunderscore=_ lq=‘ rq=’ textbraceleft={ textbraceright=} textasciicircum=^ textbackslash=\
textasciitilde=~ textperiodcentered=· eth=ð P=¶ S=§ copyright=© pounds=£ ddag=‡ ddagger=‡ slash=/
degree=° textnumero=№ bullet=• SS=ẞ DH=Ð dh=ð guillemetleft=« guillemetright=» AA=Å
textquotesingle=' textquotedbl=" euro=€ Mu=Μ vert=| epsilon=ϵ cdot=· ast=* sim=∼ gets=← land=∧ lor=∨
ne=≠ hyp=- textmu=µ glqq=„ grqq=“ glq=‚ grq=‘ flqq=« frqq=» guilsinglleft=‹ guilsinglright=›
"""


def _signs():
    macros = get_default_latex_context_db().iter_macro_specs()
    known = {macro.macroname: macro.simplify_repl for macro in macros}
    return {
        **{
            name: sign
            for name, sign in known.items()
            if isinstance(sign, str) and name.isalpha() and (sign == name or len(sign.strip()) == 1)
        },
        **dict(pair.split("=", 1) for pair in _NAMED.split()),
        **dict.fromkeys(_SILENT.split(), ""),
        **dict.fromkeys(_SPACES.split(), " "),
    }


#: The text that each macro stands for: `\ss` is ß, `\emph` nothing, `\quad` a space.
SIGNS = _signs()

_BY_NAME = r"""
\ textbackslash  { textbraceleft  } textbraceright  ~ textasciitilde  ^ textasciicircum  | textbar
< textless  > textgreater  ‘ textquoteleft  ’ textquoteright  … textellipsis  † textdagger
‡ textdaggerdbl  ® textregistered  © textcopyright  ™ texttrademark  § textsection  ¶ textparagraph
¡ textexclamdown  ¿ textquestiondown
ß ss  æ ae  Æ AE  œ oe  Œ OE  ø o  Ø O  ł l  Ł L  ı i  đ dj  Đ DJ  ð dh  Ð DH
þ th  Þ TH
"""
_NAMES = _BY_NAME.split()

#: How signs are written that are not themselves in LaTeX, accented letters apart.
WRITTEN = {
    **{sign: f"{{\\{name}}}" for sign, name in zip(_NAMES[::2], _NAMES[1::2], strict=True)},
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    **dict(zip("–—“”", ("--", "---", "``", "''"), strict=True)),
}
