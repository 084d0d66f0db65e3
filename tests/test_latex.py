"""LaTeX in titles and names becomes Unicode, and back."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.formats.latex import decode, encode
from tests.timing import check_grows_in_proportion


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"o} \"{o} \"o {\"{o}} {{\"o}}", "ö ö ö ö ö"),
        (r"Mart\'\i n \'{\i} {\'\i} \'i {\'{\i}}n", "Martín í í í ín"),
        (r"{\'{e}}l\`eve, \^o, \~n, \=a, \.z", "élève, ô, ñ, ā, ż"),
        (r"\v{c} \v s {\c{c}} \c c \k{a} \H{o} \r{a} \u{g} \d{h}", "č š ç ç ą ő å ğ ḥ"),
        (
            r"{\o} \O{} \ss{} \aa \l{} {\L}ukasz \ae{} {\OE} \i{} \dj \th",
            "ø Ø ß åł Łukasz æ Œ ı đþ",
        ),
        (r"Wei\ss enfeld, Wei{\ss}enfeld, M\o ller", "Weißenfeld, Weißenfeld, Møller"),
        (r"Ng{\^o} Nguy{\~{\^e}}n \'{\^{e}}", "Ngô Nguyễn ế"),
        (r"Ion\textcommabelow{t}", "Ionț"),
        (r"A \& B, 5\% of \#1, a\_b, \$5, \{x\}", "A & B, 5% of #1, a_b, $5, {x}"),
        (r"pages 1--2 --- ``quoted'' ?`why?", "pages 1–2 — “quoted” ¿why?"),
        (r"Bird{\textquoteright}s \textendash{} eye\textregistered", "Bird’s – eye®"),
        (r"C.~Shannon\ and M.\,Minsky\\B", "C. Shannon and M. Minsky B"),
        (r"\emph{a \textbf{b}} {\em c} \textsc{AdaBoost} \mbox{d}", "a b c AdaBoost d"),
        (r"{BERT} {{G}PT-3}: \textit{In} \texttt{vivo}", "BERT GPT-3: In vivo"),
        (r"CO\textsubscript{2}, m\textsuperscript{2}, 5\textsuperscript{th}", "CO₂, m², 5th"),
        (r"\textalpha-\ensuremath{\beta} \alpha{} \ell", "alpha-β α ℓ"),
        (r"\LaTeX{} in \TeX and \LaTeX\ again", "LaTeX in TeX and LaTeX again"),
        (
            r"\href{https://example.org}{a link} \url{https://example.org/a_b}",
            "a link https://example.org/a_b",
        ),
        (r"known~\cite{smith} fact\footnote{or not}\label{x}", "known fact"),
        (r"R\&amp;D {\&}lt; &quot;x&quot; &#8211;", 'R&D < "x" –'),
        (r"&eacute;t&eacute; &ndash; &amp;amp; R\&amp;amp;D &nosuch;", "été – & R&D &nosuch;"),
        (r"\glqq a\grqq{} b\nolinebreak c", "„a“ bc"),
        # Escaped once more, as OpenReview, the ACL and Zotero do.
        (r"{\textbackslash}textbf\{An {\textbackslash}emph\{odd\}\} \{one\}", "An odd one"),
        (
            r"{\textbackslash}textit{BERT} by 7{\textbackslash}{\%} or 8{\textbackslash}\%",
            "BERT by 7% or 8%",
        ),
        (r'Erd{\textbackslash}H\{o\}s, Schr{\textbackslash}"odinger', "Erdős, Schrödinger"),
        ("<i>In vivo</i> H<sub>2</sub>O", "In vivo H2O"),
        (r"\BERT{} and \ours for \system", "BERT and ours for system"),
        # Braces that were lost on their way through other software.
        (r"Clémen\ccon", "Clémençon"),
        (r"an \emphsparse case", "an sparse case"),
        ("a\n  b\tc", "a b c"),
        ("e\u0301", "é"),
        ("\\", ""),
    ],
)
def test_latex_becomes_unicode(latex, text):
    assert decode(latex) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"the $\ell_1$-norm", r"the $\ell_1$-norm"),
        (r"{$\mathsf{PSPACE}$}-hard", r"$\mathsf{PSPACE}$-hard"),
        (r"$\sqrt{n}$ and {\"o} in $O(n\log n)$", r"$\sqrt{n}$ and ö in $O(n\log n)$"),
        (r"\(x+1\) and \[y\]", "$x+1$ and $y$"),
        (r"at $ \alpha $ of", r"at $\alpha$ of"),
        (r"\ensuremath{x^2}", "$x^2$"),
        # As OpenReview writes it.
        (r"\$Q\$ and \${\textbackslash}alpha\_1\$", r"$Q$ and $\alpha_1$"),
        (r"\${\textbackslash}mathcal\{O\}\$, {$}x{\_}1{$}", r"$\mathcal{O}$, $x_1$"),
        ("from $5 to $6", "from $5 to $6"),
        ("one $ alone", "one $ alone"),
    ],
)
def test_formulas_stay(latex, text):
    assert decode(latex) == text


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Łukasz Gödel, Señor Çelik", r"{\L}ukasz G{\"o}del, Se{\~n}or {\c{C}}elik"),
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        ("{x}", r"{\textbraceleft}x{\textbraceright}"),
        ("~ ^ \\", r"{\textasciitilde} {\textasciicircum} {\textbackslash}"),
        ("1–2 — “so”", "1--2 --- ``so''"),
        (r"\emph of \%", r"{\textbackslash}{}emph of {\textbackslash}{}\%"),
        ("a--b ''", "a-{}-b '{}'"),
        ("深度学习 α ễ", "深度学习 α ễ"),
        (r"the $\ell_1$-norm", r"the $\ell_1$-norm"),
        ("$100%$ or $a{$", r"\$100\%\$ or \$a{\textbraceleft}\$"),
        (r"$n$ or $a \em is$", r"$n$ or \$a {\textbackslash}{}em is\$"),
    ],
)  # fmt: skip
def test_text_becomes_latex_that_every_program_reads(text, latex):
    assert encode(text) == latex


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("BERT: A Model for GPT-3", "{BERT}: A Model for {GPT-3}"),
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("What I Know of ELMo and 3D", "What {I} Know of {ELMo} and {3D}"),
        ("Gödel and LØVE", r"G{\"o}del and {L{\O}VE}"),
        ("The $O(N)$ Bound", "The {$O(N)$} Bound"),
    ],
)
def test_capitals_stay_in_styles_that_lower_titles(title, protected):
    assert encode(title, protect=True) == protected
    assert decode(protected) == title


def one_line(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


characters = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(st.one_of(st.sampled_from("\\{}$%&#_~^-–—'`\"?!<>; aBcé中ű"), characters)).map(
    one_line
)


@given(texts, st.booleans())
@example(r"$a\$b$ \$ $x$2 $$y$$ $", False)
@example(r"$\$$ $$0$ $a$$b$", False)
@example("&amp; <i>x</i> ---- “` ”' ?`` -–-", False)
@example('\\alpha {\\"o} \\', True)
def test_what_was_encoded_is_decoded_to_the_same(text, protect):
    latex = encode(text, protect=protect)
    assert one_line(decode(latex)) == text
    depth = 0
    for sign in latex:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


@given(st.text(st.one_of(st.sampled_from("\\{}$'\"`^~=.cvi abLtexr()[]-&;<>\n"), characters)))
def test_no_text_is_too_odd(latex):
    decoded = decode(latex)
    assert decoded == one_line(decoded)
    encode(latex, protect=True)


@pytest.mark.parametrize(
    "unit",
    [
        *("{", "}", "$", "\\$", "\\(", "\\[", "\\'", "\\'{", "\\cite{", "\\emph{x", "-", "`", "&a"),
        *("<i ", "\\textsuperscript{", "\\ensuremath{", "\\c", "\\ccc", " ", "$a\\$"),
        "\\texorpdfstring{a}{",
    ],
)
def test_time_grows_with_the_text_only(unit):
    def step(count):
        decode(unit * count)
        encode(unit * count, protect=True)

    check_grows_in_proportion(step, 2_000, 16_000)
