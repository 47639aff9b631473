//! What was measured, as a table in Markdown.

use std::io::{Write, stderr, stdout};
use std::time::Duration;

use crate::load::Times;
use crate::server::Server;

/// What one server did with one question.
pub(crate) struct Measured {
    pub(crate) server: String,
    pub(crate) times: Times,
    pub(crate) cpu: Duration,
}

/// One question at so many connections: the gateway, the floors, and both again with answers kept.
pub(crate) struct Line {
    pub(crate) question: &'static str,
    pub(crate) connections: usize,
    pub(crate) measured: Vec<Measured>,
}

impl Measured {
    /// Microseconds on the processor for each request.
    fn cpu_each(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.times.taken.len() as f64
    }

    fn rate(&self) -> f64 {
        self.times.taken.len() as f64 / self.times.elapsed.as_secs_f64()
    }
}

pub(crate) fn progress(line: &Line) {
    let each: Vec<String> = line.measured.iter().map(|it| format!("{} {:.0} µs", it.server, it.cpu_each())).collect();
    drop(writeln!(stderr(), "{} × {}: {}", line.question, line.connections, each.join(", ")));
}

pub(crate) fn print(lines: &[Line], servers: &[&Server]) -> anyhow::Result<()> {
    let mut out = stdout();
    writeln!(
        out,
        "| question | connections | server | requests/s | p50 ms | p99 ms | CPU µs/request | jobgraph's CPU ÷ this |"
    )?;
    writeln!(out, "|---|---:|---|---:|---:|---:|---:|---:|")?;
    for line in lines {
        let gateway = line.measured.first().map_or(f64::NAN, Measured::cpu_each);
        for (index, it) in line.measured.iter().enumerate() {
            let milliseconds = |quantile| it.times.taken.value_at_quantile(quantile) as f64 / 1e3;
            writeln!(
                out,
                "| {} | {} | {} | {:.0} | {:.2} | {:.2} | {:.0} | {} |",
                line.question,
                line.connections,
                it.server,
                it.rate(),
                milliseconds(0.5),
                milliseconds(0.99),
                it.cpu_each(),
                if index == 0 { String::new() } else { format!("{:.2}", gateway / it.cpu_each()) },
            )?;
        }
    }
    writeln!(out)?;
    for server in servers {
        let (started_in, peak) = (server.started_in.as_secs_f64() * 1e3, server.memory_peak()?);
        writeln!(out, "{}: {peak} MiB at most, first connection after {started_in:.0} ms.", server.name)?;
    }
    Ok(())
}
