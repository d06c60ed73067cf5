//! The rows of a table as CSV, one at a time, and the lines on which they stand.

use std::{
    cell::Cell,
    io::{self, Chain, Cursor, Read},
};

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};
use memchr::memchr_iter;

/// A row is about this long at most, so that a quotation mark that is never closed does not fill the memory.
const LONGEST: usize = 1 << 20;
/// So much is read at once.
const CHUNK: usize = 1 << 16;
/// By this spreadsheets know UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads rows, however long the table.
pub struct Rows<R> {
    reader: Reader<Chunks<R>>,
    /// Whether the table begins with [`BOM`].
    pub has_bom: bool,
    /// How its lines end.
    pub ending: Ending,
}

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// As on Unix.
    Lf,
    /// As on Windows.
    CrLf,
    /// As on old Macs.
    Cr,
}

/// Why there is no next row.
#[derive(Debug)]
pub enum Unread {
    /// The row that begins on this line has no end.
    Endless(u64),
    /// The table cannot be read.
    Io(io::Error),
}

impl Ending {
    /// The same for a writer.
    pub fn terminator(self) -> Terminator {
        match self {
            Self::Lf => Terminator::Any(b'\n'),
            Self::CrLf => Terminator::CRLF,
            Self::Cr => Terminator::Any(b'\r'),
        }
    }
}

impl<R: Read> Rows<R> {
    /// Reads the beginning of a table.
    pub fn open(mut table: R) -> io::Result<Self> {
        let (mut start, mut chunk) = (Vec::new(), vec![0; CHUNK]);
        // Up to the end of the first line, and a byte more: what ends a line may be two.
        let end = loop {
            let end = start.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let count =
                if end.is_some_and(|end| end + 1 < start.len()) || start.len() >= CHUNK { 0 } else { read(&mut table, &mut chunk)? };
            match chunk.get(..count) {
                None | Some([]) => break end,
                Some(bytes) => start.extend_from_slice(bytes),
            }
        };
        let ending = match end.map(|end| (start.get(end), start.get(end + 1))) {
            Some((Some(b'\r'), Some(b'\n'))) => Ending::CrLf,
            Some((Some(b'\r'), _)) => Ending::Cr,
            _ => Ending::Lf,
        };
        chunk.clear();
        let has_bom = start.starts_with(BOM);
        let mut start = Cursor::new(start);
        start.set_position(if has_bom { BOM.len() as u64 } else { 0 });
        let chunks = Chunks {
            bytes: start.chain(table),
            chunk,
            before: 0,
            lines: 0,
            last: None,
            counted: Cell::default(),
            is_at_end: false,
            unfinished: 0,
            begin: 0,
            lines_at_begin: 0,
        };
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).buffer_capacity(CHUNK);
        Ok(Self { reader: builder.from_reader(chunks), has_bom, ending })
    }

    /// Reads the next row; whether there is one. Empty lines are none.
    pub fn next(&mut self, row: &mut ByteRecord) -> Result<bool, Unread> {
        let begin = self.bytes();
        self.reader.get_mut().begin(begin);
        self.reader.read_byte_record(row).map_err(|error| match self.reader.get_ref() {
            chunks if chunks.is_endless() => Unread::Endless(chunks.lines_at_begin + 1),
            _ => Unread::Io(cause(error)),
        })
    }

    /// Returns the line on which the row that was read last begins, counted from 1.
    pub fn line(&self, row: &ByteRecord) -> u64 {
        let (end, chunks) = (self.bytes(), self.reader.get_ref());
        // Counted back from where the row ends: the reader counts no `\r`, and begins a row before empty lines.
        let is_line_read = !chunks.is_at_end && matches!(chunks.at(end.saturating_sub(1)), Some(b'\r' | b'\n'));
        let inside: u64 = row.iter().map(|cell| line_ends(cell, None)).sum();
        (1 + chunks.lines_before(end)).saturating_sub(inside + u64::from(is_line_read))
    }

    /// Returns how many bytes have been read.
    pub fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }
}

/// The bytes of a table on their way to the reader, of which the last are remembered.
struct Chunks<R> {
    bytes: Chain<Cursor<Vec<u8>>, R>,
    chunk: Vec<u8>,
    /// How many bytes came before the chunk.
    before: u64,
    /// How many lines ended before the chunk.
    lines: u64,
    /// The byte before the chunk.
    last: Option<u8>,
    /// So much of the chunk has been looked through for ends of lines, and how many there were.
    counted: Cell<(usize, u64)>,
    is_at_end: bool,
    /// How many bytes have been read for the row that is not finished yet.
    unfinished: usize,
    /// Where that row begins, and how many lines ended before it, which is known once the chunk has passed.
    begin: u64,
    lines_at_begin: u64,
}

impl<R> Chunks<R> {
    fn at(&self, byte: u64) -> Option<u8> {
        self.chunk.get(usize::try_from(byte.checked_sub(self.before)?).ok()?).copied()
    }

    fn begin(&mut self, begin: u64) {
        (self.unfinished, self.begin) = (0, begin);
    }

    fn is_endless(&self) -> bool {
        self.unfinished > LONGEST
    }

    /// How many lines have ended before a byte of the chunk. Whoever asks in order has each byte looked at once.
    fn lines_before(&self, byte: u64) -> u64 {
        let to = usize::try_from(byte.saturating_sub(self.before)).unwrap_or(usize::MAX).min(self.chunk.len());
        let (from, ended) = Some(self.counted.get()).filter(|(from, _)| *from <= to).unwrap_or_default();
        let last = from.checked_sub(1).map_or(self.last, |last| self.chunk.get(last).copied());
        let ended = ended + line_ends(self.chunk.get(from..to).unwrap_or_default(), last);
        self.counted.set((to, ended));
        self.lines + ended
    }

    /// Takes the bytes that were read in place of those before.
    fn pass(&mut self, bytes: &[u8]) {
        if self.unfinished == 0 {
            self.lines_at_begin = self.lines_before(self.begin);
        }
        let end = self.before + self.chunk.len() as u64;
        self.lines = self.lines_before(end);
        self.last = self.chunk.last().copied().or(self.last);
        self.before = end;
        self.counted.set((0, 0));
        self.chunk.clear();
        self.chunk.extend_from_slice(bytes);
    }
}

/// How many lines end in some bytes, of which the one before is known: at `\n`, `\r` or both.
fn line_ends(bytes: &[u8], before: Option<u8>) -> u64 {
    let count = |of: u8| memchr_iter(of, bytes).count() as u64;
    let returns = count(b'\r');
    let second = |(first, second): (&u8, &u8)| u64::from((*first, *second) == (b'\r', b'\n'));
    let follow: u64 = if returns == 0 { 0 } else { bytes.iter().zip(bytes.iter().skip(1)).map(second).sum() };
    let is_second = before == Some(b'\r') && bytes.first() == Some(&b'\n');
    count(b'\n') + returns - follow - u64::from(is_second)
}

impl<R: Read> Read for Chunks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_endless() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let count = read(&mut self.bytes, buffer)?;
        match buffer.get(..count) {
            None | Some([]) => self.is_at_end = true,
            Some(bytes) => self.pass(bytes),
        }
        self.unfinished += count;
        Ok(count)
    }
}

/// Returns what went wrong outside of the library, which wraps it.
pub fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Reads what there is; nothing means the end.
fn read(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match from.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
