//! Hostile text in every key of every kind: it shows as text, and does nothing, wherever it is written.

mod data;
mod page;
mod report;
mod terminal;

use std::sync::LazyLock;

use linchpin::{Project, model::Kind};
use rayon::prelude::*;

use crate::{
    built::{Site, open},
    filled::filled,
};

/// Texts that become more than text where somebody forgets to escape them, with what they try.
pub const CORPUS: &[(&str, &str)] = &[
    (
        "markup",
        "<script>alert(1)</script><img src=x onerror=alert(1)><iframe src=\"javascript:alert(1)\"></iframe><svg onload=alert(1)><b>b</b>",
    ),
    ("leaving an attribute", "\"><script>alert(1)</script> '><b onclick='alert(1)' x=\" onmouseover=\"alert(1)\" style=\"position:fixed"),
    (
        "leaving an element",
        "--> ]]> </title></textarea></style></script></svg></desc></template><!-- <![CDATA[ <style>*{display:none}</style>",
    ),
    (
        "links",
        "[a](javascript:alert(1)) ![b](data:image/svg+xml,<svg/onload=alert(1)>) <javascript:alert(1)> [c](&#106;avascript:alert(1)) \
         [d](JaVaScRiPt:alert(1)) [e](&#x6A;ava&Tab;script&colon;x) [f](vbscript:x) [g](//evil.example) [h](data:text/html,x) [i]\n\n\
         [i]: javascript:alert(1)",
    ),
    ("entities", "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x&#62; &quot; &amp;amp; &apos; &nbsp;"),
    (
        "controls",
        "a\u{0}b\u{7}\u{8}\u{b}c\u{1b}[31md\u{1b}]0;title\u{7}\u{1b}]8;;https://evil.example\u{1b}\\e\u{9b}31mf\u{7f}\u{85}g\u{90}h",
    ),
    ("direction", "user\u{202e}txt.exe\u{2066}a\u{2069}\u{200e}\u{200f}\u{61c}\u{202a}b\u{202c}\u{200b}\u{2060}\u{feff}\u{2028}c\u{2029}d"),
    ("commands of a runner", "x\n::error::forged\n  ::stop-commands::forged\n##[error]forged\n##vso[task.setvariable]forged\ry"),
    ("templates", "{{ 7*7 }} {% raw %} {# x #} {% include \"base.html\" %} {{ site.name | safe }} {{<link link={x} />}} ${7*7} <%= 7*7 %>"),
    ("a formula", "=1+1"),
    ("a formula by a function", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("a formula after a tab", "\t+1+1"),
    ("a formula after a line end", "\n-1+1"),
    ("a formula in wide letters", "＝1+1"),
    ("quotes", "\\ ` ``` \" ' \\\" \\' %0A $(id) `id` ; | & || && \\u003c \\x3c *_~ a`b`c"),
    (
        "blocks",
        "# Head\n\n> [!NOTE]\n> <i>x</i>\n\n| a | b |\n|---|--:|\n| <b> | =1 |\n\n- [x] <i>t</i>\n\n```html\n<script>x</script>\n```\n\n\
         <div onclick=x>\n\n<!-- c -->\n\n<details open ontoggle=alert(1)>",
    ),
    (
        "references",
        "@org/team #1 GH-1 org/repo#1 !1 %1 ~1 &1 $1 https://evil.example www.evil.example a@evil.example :tada: mailto:a@evil.example \
         ]] ](x) [a](1) \\](2) [b]\\(3) `@org` ``",
    ),
    ("commands at once", "::error file=a::forged ##[stop-commands]x ##\u{200d}[add-mask]a #\u{200b}#vso[task.complete]"),
    ("other scripts", "مرحبا بالعالم שלום 顧客 👩\u{200d}💻🏳\u{fe0f}\u{200d}🌈 e\u{301}\u{301}\u{301}"),
];

/// A stack in which one text stands everywhere, and its site.
pub struct Case {
    pub name: &'static str,
    pub text: &'static str,
    pub project: Project,
    pub site: Site,
}

/// A word of ten thousand letters.
pub fn long_word() -> String {
    "w".repeat(10_000)
}

/// One case for each text of the corpus.
pub static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let case = |(turn, (name, text)): (usize, &(&'static str, &'static str))| {
        let folder = filled(text, turn * 7);
        let project = open(folder.path());
        let site = Site::of(&project);
        Case { name, text, project, site }
    };
    CORPUS.par_iter().enumerate().map(case).collect()
});

/// Whether a character steers what shows it.
pub fn steers(c: char) -> bool {
    let controls = c.is_control() && c != '\n' && c != '\t';
    controls
        || "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}"
            .contains(c)
}

/// Fails if a character steers, and says where.
pub fn assert_calm(text: &str, what: &str) {
    if let Some(at) = text.find(steers) {
        let around: String =
            text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().chain(text[at..].chars().take(20)).collect();
        panic!("{what}: {around:?}");
    }
}

/// Stacks with mistakes around a text, each the text of a file.
pub fn mistakes(text: &str) -> [String; 7] {
    let quoted = toml::Value::from(text).to_string();
    let quoted = if quoted.contains('\n') { serde_json::to_string(text).unwrap() } else { quoted };
    let key = serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f");
    [
        format!("[tool.a]\nname = 1\n{key} = {key}\n"),
        format!("[tool.a]\nname = \"A\"\ncategory = {quoted}\nowner = {quoted}\n"),
        format!("[{key}.a]\n[tool.{key}]\nname = \"A\"\ncategory = \"crm\"\n"),
        format!("[lifecycle.a]\nname = \"A\"\nstage = [{{ id = \"a\", name = \"A\", next = [{key}] }}]\n"),
        format!("[rules]\n{key} = {key}\n[[suppress]]\nrule = {key}\non = {key}\nreason = {key}\nuntil = 2026-12-01\nby = {key}\n"),
        format!("[runbook.a]\nname = \"A\"\nkind = \"other\"\nfile = {key}\n"),
        format!("[tool.a\n# {text}\nname = {text}\n"),
    ]
}

#[test]
fn every_hostile_text_is_a_valid_stack() {
    assert_eq!(CASES.len(), CORPUS.len());
    for case in CASES.iter() {
        assert!(case.project.is_valid(), "{}", case.name);
        assert_eq!(case.project.stack.all().count(), 2 * Kind::ALL.len(), "{}", case.name);
    }
}
