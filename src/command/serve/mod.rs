//! `linchpin serve`: the site from memory, built anew when a file of the stack changes.

mod http;
mod preview;

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use linchpin::load::stamps;

use self::{
    http::Answer,
    preview::{Preview, build},
};
use super::{Outcome, Output, clock, find};
use crate::cli::{Common, Serve};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(200);
/// Looking at the files takes at most this part of the time.
const SHARE: u32 = 10;
/// So many connections are answered at one time.
const CONNECTIONS: usize = 64;

pub fn run(arguments: &Serve, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let root = find(&arguments.stack)?;
    let before = stamps(&root);
    let first = build(&root, clock(common), 1)?;
    let listener = listen(arguments.port)?;
    let port = listener.local_addr()?.port();
    writeln!(out.result, "http://127.0.0.1:{port}/")?;
    out.result.flush()?;
    writeln!(out.progress, "{}; press Ctrl-C to stop", first.said)?;
    let shared = Arc::new(RwLock::new(Arc::new(first)));
    let stop = Arc::new(AtomicBool::new(false));
    let handle = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        handle.store(true, Ordering::SeqCst);
        // The listener waits for a connection: it gets one, and looks again whether it is to stop.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, port)));
    })
    .context("cannot wait for Ctrl-C")?;
    let answering = {
        let (shared, stop) = (Arc::clone(&shared), Arc::clone(&stop));
        thread::spawn(move || answer_all(&listener, port, &shared, &stop))
    };
    let mut seen = before;
    while !stop.load(Ordering::SeqCst) {
        let began = Instant::now();
        let now = stamps(&root);
        if now == seen {
            thread::sleep(PAUSE.max(began.elapsed() * SHARE));
            continue;
        }
        seen = now;
        let version = current(&shared).version + 1;
        // A file that vanishes while it is read is no reason to stop: the next look finds it again.
        let next = build(&root, clock(common), version).unwrap_or_else(|error| Preview::failed(version, &format!("{error:#}")));
        writeln!(out.progress, "{} in {} ms", next.said, began.elapsed().as_millis())?;
        if let Ok(mut shared) = shared.write() {
            *shared = Arc::new(next);
        }
    }
    drop(answering.join());
    writeln!(out.progress, "stopped")?;
    Ok(Outcome::Fine)
}

fn current(shared: &RwLock<Arc<Preview>>) -> Arc<Preview> {
    // A thread that panicked while it wrote has left the preview of before.
    shared.read().map_or_else(|poisoned| Arc::clone(&poisoned.into_inner()), |preview| Arc::clone(&preview))
}

/// Listens on this machine only.
fn listen(port: u16) -> anyhow::Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("port {port} is in use; choose another by `--port`, or `--port 0` for any that is free")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on port {port}")),
    }
}

/// Answers until it is to stop; each connection on a thread of its own, some at a time.
fn answer_all(listener: &TcpListener, port: u16, shared: &Arc<RwLock<Arc<Preview>>>, stop: &AtomicBool) {
    let hosts: Arc<Vec<String>> = Arc::new(["127.0.0.1", "localhost"].map(|host| format!("{host}:{port}")).to_vec());
    let busy: Arc<()> = Arc::new(());
    for stream in listener.incoming() {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let Ok(mut stream) = stream else { continue };
        if Arc::strong_count(&busy) > CONNECTIONS {
            continue;
        }
        let (preview, hosts, busy) = (current(shared), Arc::clone(&hosts), Arc::clone(&busy));
        thread::spawn(move || {
            // Whoever hangs up before the end has seen enough.
            let _ = answer(&mut stream, &preview, &hosts);
            drop(busy);
        });
    }
}

fn answer(stream: &mut TcpStream, preview: &Preview, hosts: &[String]) -> std::io::Result<()> {
    match http::read(stream, hosts)? {
        Ok(request) => http::write(stream, &preview.answer(&request.path), request.is_head),
        Err(answer) => http::write(stream, &answer, false),
    }
}
