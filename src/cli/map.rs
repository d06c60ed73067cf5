//! What `linchpin graph` takes.

/// How the integration map is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum MapFormat {
    /// For Markdown that draws Mermaid diagrams
    #[default]
    Mermaid,
    /// For Graphviz
    Dot,
    /// For programs
    Json,
    /// The picture of the site, as a file that stands alone: what is live, in light and dark
    Svg,
}
