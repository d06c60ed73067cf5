//! Tables of leads, and the pieces of work on them that are timed.

use std::{
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
};

use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use linchpin::{
    Clock, Project,
    model::Date,
    report::leads::{self, Asked},
    routing::{Engine, Run},
};

use super::Random;

/// The routing that the table is made for.
pub const ROUTING: &str = "inbound";

/// The stack that is part of the repository.
pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("stack.example")
}

/// Opens the stack that is part of the repository.
pub fn stack() -> Project {
    Project::open(&example(), Clock { asked: Date::new(2026, 11, 20), now: || Err(String::new()) }).expect("the stack can be opened")
}

/// Makes a table of leads as a CRM exports it: fields of the routing among others, about 200 bytes to a row, every
/// tenth with a cell in quotation marks. The same on every machine.
pub fn table(rows: usize) -> Vec<u8> {
    let mut random = Random::seeded(4);
    let mut out = String::with_capacity(rows * 220);
    out.push_str(
        "Id,email,name,company,phone,job-title,job-level,country,employees,industry,product-interest,lead-source,account-owner,\
         export-screening,days-since-touch,Created,Campaign,Notes\n",
    );
    for row in 0..rows {
        line(&mut out, row, &mut random).expect("memory takes everything");
    }
    out.into_bytes()
}

fn line(out: &mut String, row: usize, random: &mut Random) -> std::fmt::Result {
    let (first, last, company) = (random.word(), random.word(), random.word());
    let domain = random.pick(&["example", "test.example", "edu", "example.com"]);
    write!(out, "00Q{row:012},{first}.{last}@{company}.{domain},{first} {last},{company} Inc.,")?;
    if random.percent(60) {
        write!(out, "+1 614 555 {:04}", random.below(10_000))?;
    }
    write!(
        out,
        ",{} {},",
        random.pick(&["Plant", "Warehouse", "Quality", "Purchasing", "IT"]),
        random.pick(&["Manager", "Planner", "Lead"])
    )?;
    out.push_str(random.pick(&["", "Executive", "director", "manager", "engineer", "student"]));
    write!(out, ",{},", random.pick(&["US", "CA", "MX", "DE", "FR", "BR", "SG", "JP", "GB", "us", ""]))?;
    if random.percent(70) {
        write!(out, "{}", random.below(20_000))?;
    }
    write!(out, ",{}", random.pick(&["logistics", "food-and-beverage", "automotive", "electronics", "pharma", "other", ""]))?;
    write!(out, ",{}", random.pick(&["mobile-robots", "palletising", "machine-vision", "service", "unsure", "", "", ""]))?;
    write!(out, ",{},", random.pick(&["website", "paid-search", "paid-social", "webinar", "trade-show", "partner", "outbound"]))?;
    out.push_str(if random.percent(10) { "R. Alvarez" } else { "" });
    write!(out, ",{},", random.pick(&["true", "false", "false", "false", ""]))?;
    write!(out, "{},2026-{:02}-{:02},", random.below(400), 1 + random.below(12), 1 + random.below(28))?;
    write!(out, "{} {},", random.word(), random.word())?;
    if random.percent(10) {
        writeln!(out, "\"{}, \"\"{}\"\", {}\"", random.word(), random.word(), random.word())
    } else {
        writeln!(out, "{} {} {} {}", random.word(), random.word(), random.word(), random.word())
    }
}

/// The least that anything does that reads and writes a table: every row read and written again.
pub fn read_and_write(table: &[u8]) -> usize {
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(table);
    let mut writer = WriterBuilder::new().from_writer(io::sink());
    let (mut row, mut rows) = (ByteRecord::new(), 0);
    while reader.read_byte_record(&mut row).expect("the table can be read") {
        writer.write_byte_record(&row).expect("a sink takes everything");
        rows += 1;
    }
    rows
}

/// What `linchpin route run` does with a table.
pub fn route(project: &Project, table: &[u8]) -> u64 {
    let engine = Engine::new(&project.stack);
    let mut run = Run::new(&engine, engine.router(ROUTING).expect("the routing is there"));
    leads::route(table, io::sink(), &mut run, Asked::default(), &mut |_, _| {}).expect("every row can be routed").rows
}
