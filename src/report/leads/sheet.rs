//! The table that comes out. A thread of its own writes the rows while the next are read: each takes about as long.

use std::{
    io::{self, Read, Write},
    mem,
    sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    thread::{Builder, Scope, ScopedJoinHandle},
};

use csv::{ByteRecord, Writer, WriterBuilder};

use super::{
    Asked,
    rows::{BOM, Ending, Rows, cause},
};
use crate::{
    model::OWN_COLUMNS,
    routing::{Post, Routed, Run},
    text::{csv::cell, terminal::neutralize},
};

/// So much is written at once.
const BUFFER: usize = 1 << 16;
/// So many rows go to the thread at once.
const BATCH: usize = 1 << 8;
/// So many batches may wait for the thread.
const WAITING: usize = 2;

/// Where the rows go, with what is added to them.
pub struct Sheet<W: Write> {
    writer: Writer<W>,
    /// The names of the rules and of the takers, by number, as spreadsheets take them for text.
    rules: Vec<String>,
    takers: Vec<String>,
    is_for_terminal: bool,
}

/// Rows that are written together, with where they went. Their memory is used again.
#[derive(Default)]
struct Batch {
    rows: Vec<(ByteRecord, Routed)>,
    length: usize,
}

/// The rows on their way to the thread that writes them.
pub struct Rest<'scope> {
    batch: Batch,
    full: SyncSender<Batch>,
    empty: Receiver<Batch>,
    thread: ScopedJoinHandle<'scope, io::Result<()>>,
}

/// The thread takes no more rows; [`Rest::finish`] says why.
#[derive(Debug)]
pub struct Closed;

impl<W: Write> Sheet<W> {
    /// Begins a table that looks like the one that is read, with its first row.
    pub fn begin<R: Read>(mut out: W, rows: &Rows<R>, header: &ByteRecord, run: &Run<'_, '_>, asked: Asked) -> io::Result<Self> {
        let ending = if asked.is_for_terminal { Ending::Lf } else { rows.ending };
        if rows.has_bom && !asked.is_for_terminal {
            out.write_all(BOM)?;
        }
        let mut builder = WriterBuilder::new();
        builder.has_headers(false).flexible(true).terminator(ending.terminator()).buffer_capacity(BUFFER);
        let rules = run.parts().iter().take(1).flat_map(Post::rules).map(|(rule, _)| cell(rule.name.as_str()).into_owned()).collect();
        let takers = run.takers().iter().map(|taker| cell(&taker.name).into_owned()).collect();
        let mut sheet = Self { writer: builder.from_writer(out), rules, takers, is_for_terminal: asked.is_for_terminal };
        let mut header = header.clone();
        for name in ["rule", "assignee"] {
            header.push_field(format!("{OWN_COLUMNS}{name}").as_bytes());
        }
        sheet.pass(&header)?;
        Ok(sheet)
    }

    /// Has a thread write the rows that follow.
    pub fn spawn<'scope>(self, scope: &'scope Scope<'scope, '_>) -> io::Result<Rest<'scope>>
    where
        W: Send + 'scope,
    {
        let (full, to_write) = sync_channel(WAITING);
        let (written, empty) = channel();
        for _ in 0..WAITING {
            // The other end is in this function.
            let _ = written.send(Batch::default());
        }
        let thread = Builder::new().spawn_scoped(scope, move || self.write_all(to_write, &written))?;
        Ok(Rest { batch: Batch::default(), full, empty, thread })
    }

    fn write_all(mut self, full: Receiver<Batch>, written: &Sender<Batch>) -> io::Result<()> {
        for mut batch in full {
            for (row, routed) in batch.rows.iter_mut().take(batch.length) {
                self.write(row, *routed)?;
            }
            batch.length = 0;
            // Nobody wants it back after the last row.
            let _ = written.send(batch);
        }
        self.writer.flush()
    }

    /// Writes a row with what became of it.
    fn write(&mut self, row: &mut ByteRecord, routed: Routed) -> io::Result<()> {
        for (number, names) in [(routed.rule, &self.rules), (routed.taker, &self.takers)] {
            row.push_field(number.and_then(|number| names.get(number)).map_or("", String::as_str).as_bytes());
        }
        self.pass(row)
    }

    fn pass(&mut self, row: &ByteRecord) -> io::Result<()> {
        if !self.is_for_terminal {
            return self.writer.write_byte_record(row).map_err(cause);
        }
        for cell in row {
            self.writer.write_field(neutralize(&String::from_utf8_lossy(cell)).as_bytes()).map_err(cause)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(cause)
    }
}

impl Rest<'_> {
    /// Takes a row, with where it went, and leaves another whose memory can be used.
    pub fn add(&mut self, row: &mut ByteRecord, routed: Routed) -> Result<(), Closed> {
        match self.batch.rows.get_mut(self.batch.length) {
            Some(place) => {
                mem::swap(&mut place.0, row);
                place.1 = routed;
            }
            None => self.batch.rows.push((mem::take(row), routed)),
        }
        self.batch.length += 1;
        if self.batch.length < BATCH { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> Result<(), Closed> {
        let next = self.empty.recv().map_err(|_| Closed)?;
        self.full.send(mem::replace(&mut self.batch, next)).map_err(|_| Closed)
    }

    /// Waits until all rows are written.
    pub fn finish(mut self) -> io::Result<()> {
        // Where it is closed the thread says why.
        let _ = self.send();
        drop(self.full);
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
