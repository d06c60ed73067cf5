//! Who edited what, by git, where a site is built with it: a section for the page of key people, and one on each entity's page.

use super::{
    entity::criticality_word,
    facts,
    page::{Block, Cell, Column, ColumnKind, Prose, Row, RowGroup, Section, Table, TableStyle, Value},
    view::{View, counted, date},
};
use crate::{
    analysis::{Editor, Record, Share, Verdict, WhyNot, Witness, signed},
    history::Missing,
    model::{Date, Kind, Owner},
};

/// What git says, or why it says nothing.
pub(super) type Told<'a> = Result<Witness<'a>, &'a Missing>;

/// As many rows of a group are shown; the command line shows all.
const SHOWN: usize = 25;

/// What git says beside what the stack says: nothing in a site that is built without history.
pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let blocks = match view.history.as_ref()? {
        Err(missing) => vec![unknown(missing)],
        Ok(witness) => told(view, witness),
    };
    let mut section = Section::new("history", "Who edited what", blocks);
    section.intro = vec![Value::text(
        "Git is a witness to the text: it says who wrote the lines of the files and when, not who knows or runs what they describe.",
    )];
    Some(section)
}

/// What git says of an entity.
pub(super) fn of_entity(view: &View<'_>, entity: &dyn crate::model::AnyEntity) -> Option<Section> {
    let record = view.history.as_ref()?.as_ref().ok()?.of(entity)?;
    let mut blocks = Vec::new();
    if record.shares.is_empty() {
        let text = if record.is_committed { "All of it is older than what this clone holds." } else { "It is not committed." };
        blocks.push(Block::Text { text: vec![Value::text(text)] });
    } else {
        let columns = vec![
            Column::new("Who", ColumnKind::Head),
            Column::new("Lines", ColumnKind::Number),
            Column::new("Commits", ColumnKind::Number),
            Column::new("Last edit", ColumnKind::Number),
        ];
        let row = |share: &Share<'_>| {
            Row::from(vec![Cell::from(who(view, share.editor)), count(share.lines), count(share.commits), day(share.last)])
        };
        let rows = record.shares.iter().map(row).collect();
        blocks.push(Block::Table(Table { style: TableStyle::Fit, ..Table::plain("Who edited it", columns, rows) }));
    }
    let mut remarks: Vec<Prose> = Vec::new();
    for (owner, verdict, role) in [(entity.owner(), record.owner, "owner"), (entity.backup(), record.backup, "backup")] {
        remarks.extend(owner.zip(verdict).map(|(owner, verdict)| compared(view, role, owner, verdict)));
    }
    if record.unknown > 0 {
        remarks.push(vec![Value::text(format!("{} older than what this clone holds.", counted(record.unknown, "line is", "lines are")))]);
    }
    if record.uncommitted > 0 {
        remarks.push(vec![Value::text(format!("{} not committed and left out.", counted(record.uncommitted, "line is", "lines are")))]);
    }
    blocks.extend(remarks.into_iter().map(|text| Block::Remark { text }));
    Some(Section::new("edits", "Who edited it", blocks))
}

/// Why there is no history.
fn unknown(missing: &Missing) -> Block {
    Block::Note { text: vec![Value::text(format!("There is no history: {missing}. Nothing follows from that."))] }
}

fn told(view: &View<'_>, witness: &Witness<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(gap) = witness.gap {
        let mut text = super::page::sentence(gap.in_words());
        text.push(Value::text(" Who edited something first, or alone, is claimed only of what came later."));
        blocks.push(Block::Note { text });
    }
    blocks.push(Block::Text { text: summary(witness) });
    let groups = groups(view, witness);
    if groups.is_empty() {
        let text =
            "Nothing stands out: git knows of nothing that only one person edited, that its declared owner did not, or that is a year old.";
        blocks.push(Block::Text { text: vec![Value::text(text)] });
    } else {
        let is_cut = groups.iter().any(|group| group.count > Some(group.rows.len()));
        let columns = vec![
            Column::new("What", ColumnKind::Head),
            Column::new("Criticality", ColumnKind::Text),
            Column::new("What git says", ColumnKind::Text),
            Column::new("Lines", ColumnKind::Number),
            Column::new("Commits", ColumnKind::Number),
            Column::new("Last edit", ColumnKind::Number),
            Column::new("Source", ColumnKind::Source),
        ];
        blocks.push(Block::Table(Table { groups, style: TableStyle::Blocks, ..Table::plain("What git says", columns, vec![]) }));
        if is_cut {
            let text = format!("A list shows up to {SHOWN}, the most critical first; ");
            blocks
                .push(Block::Remark { text: vec![Value::text(text), Value::code("linchpin show --history"), Value::text(" shows all.")] });
        }
    }
    blocks.extend(incomparable(view, witness));
    if witness.uncommitted() > 0 {
        let lines = counted(witness.uncommitted(), "line is", "lines are");
        blocks.push(Block::Remark { text: vec![Value::text(format!("{lines} not committed and left out."))] });
    }
    blocks
}

/// How much git knows.
fn summary(witness: &Witness<'_>) -> Prose {
    let commits = counted(witness.commits, "commit", "commits");
    let people = counted(witness.editors, "author", "authors");
    let mut text = vec![Value::text(format!("{commits} by {people} changed the files of the stack"))];
    match witness.days {
        Some((first, last)) if first == last => text.extend([Value::text(", on "), date(first)]),
        Some((first, last)) => text.extend([Value::text(", from "), date(first), Value::text(" to "), date(last)]),
        None => {}
    }
    text.push(Value::text("."));
    text
}

/// The statements, each with what it rests on.
fn groups(view: &View<'_>, witness: &Witness<'_>) -> Vec<RowGroup> {
    let by = |editor| vec![Value::text("last edited by "), who(view, editor)];
    let alone = witness.alone().filter_map(|record| {
        let share = record.alone()?;
        let lines = if share.lines == 1 { "its line was written by " } else { "every line was written by " };
        let text = vec![Value::text(lines), who(view, share.editor), Value::text("; nobody else has edited it")];
        Some((record, text))
    });
    let not_by_owner = witness.not_by_owner().map(|record| {
        let mut text =
            vec![Value::text("the declared owner, "), view.owner(record.entity.owner(), "owner"), Value::text(", has not edited it")];
        text.extend(record.last.into_iter().flat_map(|(_, editor)| [Value::text("; "), Value::text("last edited by "), who(view, editor)]));
        (record, text)
    });
    let untouched = witness.untouched().map(|(record, day)| {
        let mut text = vec![Value::text("unchanged since "), date(day)];
        text.extend(record.last.into_iter().flat_map(|(_, editor)| [Value::text(", when "), who(view, editor), Value::text(" edited it")]));
        (record, text)
    });
    let gone = witness.last_by_gone().filter_map(|record| {
        let (_, editor) = record.last?;
        let why = if let Editor::Person(id) = editor { view.stack.people.get(id)?.why_not_staying(view.project.today) } else { None };
        let mut text = by(editor);
        text.extend(why.map(|why| Value::text(format!(", who {why}"))));
        Some((record, text))
    });
    let all = [
        group(view, "history-alone", "Only one person has edited it", alone.collect()),
        group(view, "history-owner", "The declared owner has not edited it", not_by_owner.collect()),
        group(view, "history-old", "Unchanged for more than a year", untouched.collect()),
        group(view, "history-gone", "Last edited by somebody who has left", gone.collect()),
    ];
    all.into_iter().flatten().collect()
}

fn group(view: &View<'_>, id: &str, title: &str, mut all: Vec<(&Record<'_>, Prose)>) -> Option<RowGroup> {
    if all.is_empty() {
        return None;
    }
    let count = all.len();
    // The sort is stable: by kind and id within a criticality; what has none comes last.
    all.sort_by_key(|(record, _)| (record.entity.criticality().is_none(), record.entity.criticality()));
    let rows = all.into_iter().take(SHOWN).map(|(record, text)| {
        let criticality = record.entity.criticality();
        Row::from(vec![
            view.link_id(record.entity.kind(), record.entity.id().as_str()).into(),
            criticality.map_or_else(facts::nothing, |criticality| criticality_word(criticality).into()),
            Cell { join: super::page::Join::None, ..Cell::list(text) },
            count_of(record, |share| share.lines),
            count_of(record, |share| share.commits),
            day(record.last.and_then(|(day, _)| day)),
            Value::Source(view.source_of(record.entity, None)).into(),
        ])
    });
    Some(RowGroup { id: Some(id.to_owned()), title: Some(title.to_owned()), count: Some(count), rows: rows.collect() })
}

/// The declared owners of whom nobody can say what they edited, once each.
fn incomparable(view: &View<'_>, witness: &Witness<'_>) -> Option<Block> {
    let mut reasons: Vec<(WhyNot<'_>, usize)> = Vec::new();
    for (_, why) in witness.incomparable() {
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, count)) => *count += 1,
            None => reasons.push((why, 1)),
        }
    }
    let items: Vec<Prose> = reasons
        .into_iter()
        .map(|(why, count)| {
            let mut text = not_comparable(view, why);
            text.push(Value::quiet(format!(" ({})", counted(count, "entity", "entities"))));
            text
        })
        .collect();
    (!items.is_empty()).then_some(Block::Bullets { items, ordered: false })
}

fn not_comparable(view: &View<'_>, why: WhyNot<'_>) -> Prose {
    let text = |text: &str| Value::text(text);
    match why {
        WhyNot::NoEmail(id) => {
            vec![
                text("Not comparable: "),
                view.link_id(Kind::Person, id),
                text(" has no "),
                Value::code("email"),
                text(", and no author has that name"),
            ]
        }
        WhyNot::OtherAddress(id) => vec![
            text("Not comparable: an author has the name of "),
            view.link_id(Kind::Person, id),
            text(" but another address; a line in "),
            Value::code(".mailmap"),
            text(" joins them"),
        ],
        WhyNot::NoMembers(id) => {
            vec![text("Not comparable: the members of "), view.link_id(Kind::Team, id), text(" are not in the stack")]
        }
    }
}

/// Whether somebody who is declared edited an entity.
fn compared(view: &View<'_>, role: &str, owner: &Owner, verdict: Verdict<'_>) -> Prose {
    let mut text = vec![Value::text(format!("The declared {role}, ")), view.owner(Some(owner), role), Value::text(", ")];
    match verdict {
        Verdict::Edited { lines, commits } => text.push(Value::text(format!(
            "has edited it: {} in {}.",
            counted(lines, "line", "lines"),
            counted(commits, "commit", "commits")
        ))),
        Verdict::NotEdited => text.push(Value::text("has not edited it.")),
        Verdict::Unknown => text.push(Value::text("has not edited it as far as this clone can tell.")),
        Verdict::NotComparable(why) => {
            let mut text = not_comparable(view, why);
            text.push(Value::text("."));
            return text;
        }
    }
    text
}

/// Whoever edited: a person's page, or a name. An address is shown only of those whom the stack does not know, and where it may be.
fn who(view: &View<'_>, editor: Editor<'_>) -> Value {
    match editor {
        Editor::Person(id) => view.link_id(Kind::Person, id),
        Editor::Other(author) => Value::text(signed(author, view.disclosed.shows_emails())),
    }
}

fn count(number: usize) -> Cell {
    Value::text(number.to_string()).into()
}

fn count_of(record: &Record<'_>, of: impl Fn(&Share<'_>) -> usize) -> Cell {
    count(record.shares.iter().map(of).sum())
}

fn day(day: Option<Date>) -> Cell {
    day.map_or_else(|| Value::Nothing { word: "no day".to_owned() }.into(), |day| super::view::date_in_short(day).into())
}
