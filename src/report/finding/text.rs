//! Findings for people: what, where with an excerpt, why, and what to do.

use std::{
    borrow::Cow,
    io::{self, Write},
    ops::Range,
};

use annotate_snippets::{Annotation, AnnotationKind, Level as Title, Renderer, Snippet};
use rayon::prelude::*;

use super::{BATCH, Cap, command, shown_path};
use crate::{
    Project,
    diagnostic::{Diagnostic, Level},
    source::{SourceFile, Span},
    text::terminal::{line, neutralize},
};

/// Places of one file that lie this many lines apart are shown in one excerpt.
const NEAR: usize = 12;
/// The longest line of an excerpt, in bytes; a longer one is cut around the place.
const MAX_LINE: usize = 400;

pub(super) fn write(project: &Project, cap: Cap, out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled();
    let (shown, more) = cap.choose(&project.report.findings);
    // Side by side, a batch at a time: thousands of excerpts cost more than finding what they show.
    for batch in shown.chunks(BATCH) {
        let texts: Vec<String> = batch.par_iter().map(|finding| render(project, finding, &renderer)).collect();
        for text in texts {
            writeln!(out, "{text}\n")?;
        }
    }
    let all = command("check", &project.root, "--format concise");
    for (rule, more) in more {
        writeln!(out, "… {more} more of `{}`: `{all}` lists them all", rule.name)?;
    }
    Ok(())
}

/// A place in a file with what is said of it.
struct Mark {
    range: Range<usize>,
    label: String,
    kind: AnnotationKind,
}

fn render(project: &Project, finding: &Diagnostic, renderer: &Renderer) -> String {
    let title = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Info => Title::INFO,
    };
    let excerpts = excerpts(project, finding);
    let texts: Vec<(String, Cow<'_, str>, usize, Vec<Mark>)> = excerpts
        .into_iter()
        .map(|(file, marks)| {
            let (range, first) = surroundings(file, &marks);
            let text = neutralize(file.text().get(range.clone()).unwrap_or_default());
            let marks = marks.into_iter().map(|mark| Mark { range: inside(&text, &mark.range, range.start), ..mark }).collect();
            (shown_path(project, file.path()), text, first, marks)
        })
        .collect();
    let message = line(&finding.message).into_owned();
    let mut group = title.primary_title(message.as_str()).id(finding.rule.name).elements(texts.iter().map(|(path, text, first, marks)| {
        Snippet::source(text.as_ref()).path(path.as_str()).line_start(*first).annotations(marks.iter().map(annotation))
    }));
    let notes: Vec<String> = finding.notes.iter().map(|note| line(note).into_owned()).collect();
    for note in &notes {
        group = group.element(Title::NOTE.message(note.as_str()));
    }
    let help = finding.help.as_deref().map(line);
    if let Some(help) = &help {
        group = group.element(Title::HELP.message(help.as_ref()));
    }
    renderer.render(&[group])
}

fn annotation(mark: &Mark) -> Annotation<'_> {
    let annotation = mark.kind.span(mark.range.clone());
    if mark.label.is_empty() { annotation } else { annotation.label(mark.label.as_str()) }
}

/// The excerpts of a finding: its own place first, with what else lies near; then the rest.
fn excerpts<'p>(project: &'p Project, finding: &Diagnostic) -> Vec<(&'p SourceFile, Vec<Mark>)> {
    let mark = |span: Span, label: &str, kind| Mark { range: span.range(), label: line(label).into_owned(), kind };
    let own = project.sources.file(finding.span.file);
    let mut excerpts = vec![(own, vec![mark(finding.span, &finding.label, AnnotationKind::Primary)])];
    for related in &finding.related {
        let Some(span) = related.span else { continue };
        let file = project.sources.file(span.file);
        let place = mark(span, &related.label, AnnotationKind::Context);
        let at = file.position(span.start).line;
        let near = excerpts.iter_mut().find(|(of, marks)| {
            std::ptr::eq(*of, file) && marks.iter().any(|mark| of.position(mark.range.start).line.abs_diff(at) <= NEAR)
        });
        match near {
            Some((_, marks)) => marks.push(place),
            None => excerpts.push((file, vec![place])),
        }
    }
    excerpts
}

/// The lines around some places, cut where a line is endless, and the number of the first.
fn surroundings(file: &SourceFile, marks: &[Mark]) -> (Range<usize>, usize) {
    let start = marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
    let end = marks.iter().map(|mark| mark.range.end).max().unwrap_or(0);
    let (first, last) = (file.position(start).line, file.position(end).line);
    let mut range = file.line_start(first)..file.line_start(last + 1);
    let text = file.text();
    if start - range.start.min(start) > MAX_LINE {
        range.start = text.floor_char_boundary(start - MAX_LINE / 2);
    }
    if range.end - end.min(range.end) > MAX_LINE {
        range.end = text.floor_char_boundary(end + MAX_LINE / 2);
    }
    (range, first)
}

/// A range of the file as a range of the excerpt, on character boundaries.
fn inside(text: &str, range: &Range<usize>, offset: usize) -> Range<usize> {
    let within = |at: usize| text.floor_char_boundary(at.saturating_sub(offset));
    within(range.start)..within(range.end.min(range.start.saturating_add(2 * MAX_LINE))).max(within(range.start))
}
