//! Routing and scoring that run: traces, tables of leads, tests of a stack, and what conditions mean.

mod oracle;
mod prove;
mod score;
mod table;
mod tested;
mod trace;

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::fixture::Made;

/// A stack whose routing has every way to assign a record.
pub const STACK: &str = r#"
[person.ana]
name = "Ana Alves"

[person.ben]
name = "Ben"

[team.sales]
name = "Field Sales"

[tool.crm]
name = "CRM"
category = "crm"

[object.lead]
name = "Lead"

[object.lead.fields]
email = { type = "text", required = true }
level = { type = "text", values = ["Executive", "Student"] }
country = { type = "text" }
employees = { type = "integer", min = 0, max = 1_000_000 }
budget = { type = "number" }
vip = { type = "boolean" }

[object.account]
name = "Company"

[routing.inbound]
name = "Inbound leads"
object = "lead"
tool = "crm"

[[routing.inbound.rule]]
name = "Not a buyer"
when = [{ level = "student" }, { email = { ends-with = ".edu" }, vip = { not = true } }]
assign = { nobody = "The website answers them." }

[[routing.inbound.rule]]
name = "Very important"
when = { vip = true }
assign = "ana"

[[routing.inbound.rule]]
name = "France"
when = { country = ["FR", "MC"] }
assign = { routing = "france" }

[[routing.inbound.rule]]
name = "Large"
when = { country = "US", employees = { min = 1_000 } }
assign = { owner-of = "account", fallback = "sales" }

[[routing.inbound.rule]]
name = "Middle"
when = { employees = { min = 100, below = 1_000 } }
assign = { round-robin = ["ana", "ben"], weights = { ana = 3, ben = 1 }, cap-per-day = 25 }

[[routing.inbound.test]]
name = "A student"
record = { email = "s@x.example", level = "student" }
expect = "Not a buyer"

[[routing.inbound.test]]
name = "Somebody small"
record = { email = "s@x.example", employees = 3 }
expect = "unrouted"

[routing.france]
name = "France"
object = "lead"
tool = "crm"
partial = true

[[routing.france.rule]]
name = "Larger ones"
when = { employees = { above = 10 } }
assign = ["ben", "sales"]

[scoring.main]
name = "Fit"
tool = "crm"
object = "lead"
threshold = 30
promotes-to = "lifecycle.main.stage.mql"

[[scoring.main.criterion]]
name = "Decides"
signal = "fit"
when = { level = "executive" }
points = 25

[[scoring.main.criterion]]
name = "Large or rich"
when = [{ employees = { min = 1_000 } }, { budget = { above = 9.5 } }]
points = 10

[[scoring.main.criterion]]
name = "Student"
when = { level = "student" }
points = -25

[[scoring.main.test]]
name = "A rich executive"
record = { email = "e@x.example", level = "executive", budget = 10 }
expect = 35

[lifecycle.main]
name = "Main"

[[lifecycle.main.stage]]
id = "mql"
name = "Marketing qualified"
"#;

/// The stack in a folder of its own.
pub fn made() -> Made {
    Made::one(STACK)
}

/// The stack with something in it replaced.
pub fn changed(from: &str, to: &str) -> Made {
    assert!(STACK.contains(from), "the stack does not say {from}");
    Made::one(&STACK.replacen(from, to, 1))
}

/// Runs linchpin in a folder and gives it something on standard input.
pub fn fed(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // What stops early does not read everything.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}
