//! Stacks of any size: valid, of a believable shape, and the same on every machine.
//!
//! A stack consists of business units with [`TOOLS`] tools each. Most integrations of a unit touch its CRM, its
//! marketing automation, its warehouse or its integration platform, so that a larger stack has more hubs and not
//! larger ones. A file holds one tool and what belongs to it; everything else stands in files of ten to thirty tables.

mod ops;
mod people;
mod picture;
mod platform;
mod process;
mod words;

use std::{fmt::Write as _, fs, io, path::Path};

pub use self::{picture::map, words::Random};

/// How many tools a business unit has.
pub const TOOLS: usize = 50;
/// How many business units a stack of 1,000 tools has.
const UNITS: usize = 20;

/// A file of a stack: its path and its text.
pub type File = (String, String);

/// Makes a stack of `scale` × 1,000 tools, 3,000 integrations, 500 flows, 200 people, 300 runbooks, and some of
/// every other kind.
pub fn stack(scale: usize) -> Vec<File> {
    units(scale * UNITS)
}

/// Makes a stack of this many business units: [`TOOLS`] tools each, and of everything else the share of a unit.
pub fn units(units: usize) -> Vec<File> {
    Stack::of(units, Flaws::default()).files
}

/// Makes the same stack with this many references that name nothing: every other one a slip of an id that exists,
/// the rest words that exist nowhere.
pub fn broken(scale: usize, flaws: usize) -> Vec<File> {
    let all = Stack::of(scale * UNITS, Flaws::default()).references;
    Stack::of(scale * UNITS, Flaws { wanted: flaws.min(all), all }).files
}

/// Writes a stack to a folder.
pub fn write(files: &[File], folder: &Path) -> io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// How many of all references are to name nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Flaws {
    wanted: usize,
    all: usize,
}

/// A stack that is being written.
struct Stack {
    random: Random,
    files: Vec<File>,
    flaws: Flaws,
    /// How many references have been written.
    references: usize,
    /// How many business units there are.
    units: usize,
    /// The integrations of the unit at hand: id, and the tools it joins.
    joined: Vec<(String, usize, usize)>,
}

impl Stack {
    fn of(units: usize, flaws: Flaws) -> Self {
        let random = Random::seeded(0x6c69_6e63_6870_696e);
        let mut stack = Self { random, files: Vec::new(), flaws, references: 0, units, joined: Vec::new() };
        stack.root();
        stack.objects();
        for unit in 0..units {
            stack.joined.clear();
            stack.people(unit);
            stack.platform(unit);
            stack.processes(unit);
            stack.operations(unit);
        }
        stack
    }

    fn add(&mut self, path: impl Into<String>, text: String) {
        self.files.push((path.into(), text));
    }

    /// A reference in quotes, or in its place something that names nothing, evenly over the stack.
    fn to(&mut self, id: &str) -> String {
        let number = self.references;
        self.references += 1;
        let before = |number: usize| number * self.flaws.wanted / self.flaws.all.max(1);
        let flaw = before(number);
        if flaw == before(number + 1) {
            return format!("\"{id}\"");
        }
        if flaw.is_multiple_of(2) { format!("\"{id}x\"") } else { format!("\"{}-{number}\"", self.random.word()) }
    }

    /// A list of references.
    fn list<S: AsRef<str>>(&mut self, ids: &[S]) -> String {
        let ids: Vec<String> = ids.iter().map(|id| self.to(id.as_ref())).collect();
        format!("[{}]", ids.join(", "))
    }

    /// The company, what exists once, and what the linter is told.
    fn root(&mut self) {
        let mut text = String::from(
            "[stack]\nname = \"Meridian Instruments\"\nwebsite = \"https://www.meridian.example\"\ncurrency = \"USD\"\n\
             rates = { EUR = 1.08 }\nannual-revenue = 2_400_000_000\nmarketing-headcount = 260\n\
             source-url = \"https://git.meridian.example/stack/blob/main/{path}#L{line}\"\nas-of = 2026-11-20\n",
        );
        let record = self.to(&platform::tool_id(0, 0));
        let _ = writeln!(text, "system-of-record = {record}\ndescription = \"\"\"\n{}\n\"\"\"\n", self.random.paragraph(3));
        let _ = writeln!(text, "[stack.risk]\nhourly-rate = {{ low = 85, high = 160 }}\nweeks-to-replace = {{ low = 10, high = 18 }}\n");
        let _ = writeln!(text, "[site]\ntitle = \"The stack of Meridian Instruments\"\nfooter = \"Kept by Marketing Operations.\"\n");
        let _ = writeln!(text, "[rules]\nmanual-integration = \"info\"\n");
        let _ = writeln!(text, "[[override]]\non = \"tool.u000-*\"\nrules = {{ undocumented-tool = \"info\" }}\n");
        let (owner, officer) = (self.to(&people::person_id(0, 0)), self.to(&people::person_id(0, 3)));
        let mandate = self.random.paragraph(4);
        let _ = writeln!(text, "[charter]\nowner = {owner}\nmandate = \"\"\"\n{mandate}\n\"\"\"\nbudget-authority = true\n");
        let (consent, suppression) = (self.to(&platform::tool_id(0, 5)), self.to(&platform::tool_id(0, 1)));
        let _ = writeln!(text, "[privacy]\nregimes = [\"gdpr\", \"ccpa\", \"can-spam\"]\nhome-region = \"us\"\nofficer = {officer}");
        let _ = writeln!(text, "consent-tool = {consent}\nsuppression-tool = {suppression}\n");
        self.add("stack.toml", text);
    }

    /// What records mean, with the fields that routing and scoring read.
    fn objects(&mut self) {
        let mut text = String::new();
        for object in ["lead", "contact", "account", "opportunity"] {
            let definition = self.random.paragraph(2);
            let owner = self.to(&people::person_id(0, 1));
            let _ = writeln!(text, "[object.{object}]\nname = \"{object}\"\ndefinition = \"\"\"\n{definition}\n\"\"\"\nowner = {owner}\n");
            let _ = writeln!(text, "[object.{object}.fields]\nemail = {{ type = \"text\", required = true, personal = true }}");
            let _ = writeln!(text, "country = {{ type = \"text\", definition = \"Two letters, ISO 3166.\" }}");
            let _ = writeln!(text, "employees = {{ type = \"integer\", min = 0, max = 3_000_000 }}");
            let _ = writeln!(text, "industry = {{ type = \"text\", values = [\"logistics\", \"food\", \"automotive\", \"pharma\"] }}");
            let _ = writeln!(text, "screened = {{ type = \"boolean\" }}\n");
        }
        self.add("objects.toml", text);
    }
}
