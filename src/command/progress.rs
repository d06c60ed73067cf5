//! A bar on the terminal that says how far a table has come.

use std::io::{self, IsTerminal, Write};

/// The width of the bar, in columns.
const WIDTH: u64 = 24;
/// How often it is drawn while a table is read whose length is known.
const STEPS: u64 = 200;
/// It is drawn after so many bytes where the length is not known.
const STRIDE: u64 = 4 << 20;
/// Goes to the beginning of the line and clears it.
const CLEAR: &str = "\r\u{1b}[2K";

/// The bar. It vanishes with the value.
pub struct Bar {
    total: Option<u64>,
    next: u64,
    is_shown: bool,
    has_drawn: bool,
}

impl Bar {
    /// Makes a bar for so many bytes, if that is known. It is shown on a terminal, unless nobody wants it.
    pub fn new(total: Option<u64>, is_wanted: bool) -> Self {
        Self { total, next: 0, is_shown: is_wanted && io::stderr().is_terminal(), has_drawn: false }
    }

    /// Shows how many rows and bytes have been read.
    pub fn show(&mut self, rows: u64, bytes: u64) {
        if !self.is_shown || bytes < self.next {
            return;
        }
        self.next = bytes + self.total.map_or(STRIDE, |total| total / STEPS);
        self.has_drawn = true;
        // Where the terminal is gone there is nothing to tell anybody.
        let _ = write!(anstream::stderr(), "{CLEAR}{}", line(self.total, rows, bytes));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.has_drawn {
            let _ = write!(anstream::stderr(), "{CLEAR}");
        }
    }
}

fn line(total: Option<u64>, rows: u64, bytes: u64) -> String {
    let megabytes = |bytes: u64| format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10);
    match total.filter(|total| *total > 0) {
        Some(total) => {
            let of = |parts: u64| bytes.min(total) * parts / total;
            let filled = usize::try_from(of(WIDTH)).unwrap_or(0);
            let bar = format!("{:·<1$}", "█".repeat(filled), usize::try_from(WIDTH).unwrap_or(0));
            format!("{bar} {:3}%  {rows} rows, {} of {} MB", of(100), megabytes(bytes), megabytes(total))
        }
        None => format!("{rows} rows, {} MB", megabytes(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_bar_fills_as_far_as_the_bytes_have_come_and_never_further() {
        assert_eq!(
            line(Some(2_000_000), 4096, 500_000),
            "██████·················· ·25%".replace(" ·", "  ") + "  4096 rows, 0.5 of 2.0 MB"
        );
        assert!(line(Some(10), 1, 20).starts_with(&"█".repeat(24)));
        assert_eq!(line(None, 8192, 1_250_000), "8192 rows, 1.2 MB");
        assert_eq!(line(Some(0), 0, 0), "0 rows, 0.0 MB");
    }
}
