//! Arguments in, a command run, an exit code out. Nothing else prints or exits.

mod cli;
mod command;

use std::{
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use anstream::{AutoStream, ColorChoice};
use clap::Parser;

use crate::{
    cli::{Cli, Color, Command},
    command::{Outcome, Output},
};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let choice = |auto: ColorChoice| match cli.common.color {
        Color::Auto => auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let mut result = BufWriter::new(AutoStream::new(io::stdout(), choice(AutoStream::choice(&io::stdout()))));
    let spoken = || Spoken(AutoStream::new(io::stderr(), choice(AutoStream::choice(&io::stderr()))));
    let mut problem = spoken();
    let mut progress: Box<dyn Write> = if cli.common.quiet { Box::new(io::sink()) } else { Box::new(spoken()) };
    let mut output = Output { result: &mut result, progress: &mut progress, problem: &mut problem };
    let outcome = run(&cli, &mut output).and_then(|outcome| match result.flush() {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(outcome),
        Err(error) => Err(command::unwritten(&error)),
        Ok(()) => Ok(outcome),
    });
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        // Whoever stopped reading has seen enough. A command that may still fail says so itself.
        Err(error) if command::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            for message in command::messages(&error) {
                let _ = writeln!(anstream::stderr(), "error: {}", linchpin::text::terminal::line(&message));
            }
            ExitCode::from(2)
        }
    }
}

/// Reading a stack makes hundreds of thousands of small strings on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is said of a run: whether anybody hears it changes nothing.
struct Spoken<W>(W);

impl<W: Write> Write for Spoken<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let _ = self.0.write_all(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = self.0.flush();
        Ok(())
    }
}

fn run(cli: &Cli, output: &mut Output<'_>) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Check(arguments) => command::check::run(arguments, &cli.common, output),
        Command::Build(arguments) => command::build::run(arguments, &cli.common, output),
        Command::Explain { rule } => command::text::explain(rule, output),
        Command::Rules(arguments) => command::rules::run(arguments, &cli.common, output),
        Command::Show { stack, only, history } => command::show::run(stack, only.as_deref(), *history, &cli.common, output),
        Command::Graph { stack, format, focus, depth } => {
            command::graph::run(stack, *format, focus.as_deref(), *depth, &cli.common, output)
        }
        Command::WhatIf(arguments) => command::what_if::run(arguments, &cli.common, output),
        Command::Plan { stack, format } => command::plan::run(stack, *format, &cli.common, output),
        Command::TraceData(arguments) => command::privacy::trace(arguments, &cli.common, output),
        Command::Export(arguments) => command::privacy::export(arguments, &cli.common, output),
        Command::Route(arguments) => command::route::run(arguments, &cli.common, output),
        Command::Score(arguments) => command::score::run(arguments, &cli.common, output),
        Command::Suppressions { stack, expiring_within, format } => {
            command::suppressions::run(stack, expiring_within.as_ref(), *format, &cli.common, output)
        }
        Command::Init { path } => command::init::run(path, output),
        Command::Schema { report } => command::text::schema(*report, output),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => command::serve::run(arguments, &cli.common, output),
        Command::Man { output: folder } => command::text::man(folder.as_deref(), output),
        Command::Completions { shell } => command::text::completions(*shell, output),
    }
}
