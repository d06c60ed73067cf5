//! A finished picture, read from its SVG: boxes, lines and words, and nothing of how they came about.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

pub type Point = (f64, f64);

/// Left, top, right, bottom.
pub type Edges = [f64; 4];

/// A line: its corners, and what is drawn as one stroke with it.
#[derive(Debug)]
pub struct Stroke {
    pub corners: Vec<Point>,
    pub net: usize,
}

/// A picture.
#[derive(Debug)]
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    pub boxes: Vec<Edges>,
    pub lines: Vec<Stroke>,
    /// Size of the smallest letters, px.
    pub smallest: f64,
    /// The numbers that a printed map shows, each with the line that it is of.
    pub numbers: Vec<Number>,
}

/// A number on a line.
#[derive(Debug)]
pub struct Number {
    pub place: Edges,
    pub line: usize,
}

/// What is wrong with the numbers of a picture: how many lie on a box, on another number, on a line of another trunk.
#[derive(Debug, PartialEq, Eq)]
pub struct Collisions {
    pub boxes: usize,
    pub numbers: usize,
    pub lines: usize,
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
}

/// The corners of a path of straight pieces with rounded corners.
fn corners(data: &str) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    let mut rest = data;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(['M', 'L', 'Q']).map_or(rest.len(), |at| at + 1);
        let numbers: Vec<f64> = rest[1..end].split(' ').map(|text| text.parse().unwrap()).collect();
        // The point that a curve is drawn to is the corner; where it begins and ends, the line has not turned yet.
        let is_followed_by_curve = rest[end..].starts_with('Q');
        match command {
            'Q' => out.push((numbers[0], numbers[1])),
            _ if command == 'M' || !is_followed_by_curve => out.push((numbers[0], numbers[1])),
            _ => {}
        }
        rest = &rest[end..];
    }
    out
}

impl Drawing {
    /// Reads the first picture of a document or the picture itself.
    pub fn read(svg: &str) -> Self {
        let document = Document::parse(svg).unwrap();
        let root = document.descendants().find(|node| node.has_tag_name("svg") && has_class(*node, "diagram")).unwrap();
        let boxes = root.descendants().filter(|node| has_class(*node, "d-box"));
        let boxes = boxes.map(|node| {
            let border = node.descendants().find(|node| has_class(*node, "d-border")).unwrap();
            let (x, y) = (number(border, "x"), number(border, "y"));
            [x, y, x + number(border, "width"), y + number(border, "height")]
        });
        let nets: Vec<BTreeSet<&str>> = root
            .descendants()
            .filter(|node| has_class(*node, "d-net"))
            .map(|node| node.attribute("data-line").unwrap_or_default().split(' ').collect())
            .collect();
        let hits = root.descendants().filter(|node| has_class(*node, "d-hit")).map(|node| {
            let own: BTreeSet<&str> = node.attribute("data-line").unwrap_or_default().split(' ').collect();
            let path = node.children().find(|node| node.has_tag_name("path")).unwrap();
            let net = nets.iter().position(|net| net.is_superset(&own)).unwrap();
            Stroke { corners: corners(path.attribute("d").unwrap()), net }
        });
        let bundles = root.descendants().filter(|node| has_class(*node, "d-bundle")).enumerate().map(|(net, node)| {
            let path = node.children().find(|node| has_class(*node, "d-line")).unwrap();
            Stroke { corners: corners(path.attribute("d").unwrap()), net: nets.len() + net }
        });
        let is_number = |node: &Node<'_, '_>| node.parent().is_some_and(|parent| has_class(parent, "d-numbers"));
        let texts = root.descendants().filter(|node| node.has_tag_name("text") && !is_number(node));
        let size = |node: Node<'_, '_>| node.ancestors().find_map(|of| of.attribute("font-size")).unwrap().parse::<f64>().unwrap();
        let ids: Vec<&str> =
            root.descendants().filter(|node| has_class(*node, "d-hit")).filter_map(|node| node.attribute("data-line")).collect();
        let numbers = root.descendants().filter(|node| node.has_tag_name("text")).filter(is_number).map(|node| {
            let text = node.text().unwrap();
            // A figure is 0.56 of its size wide and 0.72 high in the usual faces, and stands on its base line.
            let (size, x, y) = (size(node), number(node, "x"), number(node, "y"));
            let half = text.chars().map(|c| if c == '·' { 0.33 } else { 0.56 }).sum::<f64>() * size / 2.0;
            let line = ids.iter().position(|all| Some(*all) == node.attribute("data-line")).unwrap();
            Number { place: [x - half, y - 0.72 * size, x + half, y], line }
        });
        let numbers = numbers.collect();
        Self {
            numbers,
            width: number(root, "width"),
            height: number(root, "height"),
            boxes: boxes.collect(),
            lines: hits.chain(bundles).collect(),
            smallest: texts.map(size).fold(f64::MAX, f64::min),
        }
    }

    fn pieces(&self) -> impl Iterator<Item = (usize, Point, Point)> + '_ {
        self.lines.iter().flat_map(|line| line.corners.windows(2).map(|pair| (line.net, pair[0], pair[1])))
    }

    /// Distinct places where two strokes cross.
    pub fn crossings(&self) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "coordinates of a picture")]
        let tenths = |value: f64| (value * 10.0).round() as i64;
        let upright = self.pieces().filter(|(_, a, b)| (a.0 - b.0).abs() < 0.05);
        let mut places = BTreeSet::new();
        for (net, a, b) in upright {
            let (low, high) = (a.1.min(b.1), a.1.max(b.1));
            for (other, c, d) in self.pieces().filter(|(_, c, d)| (c.1 - d.1).abs() < 0.05 && (c.0 - d.0).abs() >= 0.05) {
                let (left, right) = (c.0.min(d.0), c.0.max(d.0));
                if other != net && c.1 > low + 0.05 && c.1 < high - 0.05 && a.0 > left + 0.05 && a.0 < right - 0.05 {
                    places.insert((tenths(a.0), tenths(c.1)));
                }
            }
        }
        places.len()
    }

    /// Pieces of lines that lie behind a box.
    pub fn hidden(&self) -> usize {
        let slack = 0.3;
        let is_behind = |a: Point, b: Point, [left, top, right, bottom]: Edges| {
            a.0.max(b.0) > left + slack && a.0.min(b.0) < right - slack && a.1.max(b.1) > top + slack && a.1.min(b.1) < bottom - slack
        };
        self.pieces().map(|(_, a, b)| self.boxes.iter().filter(|one| is_behind(a, b, **one)).count()).sum()
    }

    /// Pairs of boxes that lie on each other.
    pub fn overlaps(&self) -> usize {
        let meet = |a: Edges, b: Edges| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        let pairs = self.boxes.iter().enumerate().flat_map(|(n, a)| self.boxes[n + 1..].iter().map(move |b| (a, b)));
        pairs.filter(|(a, b)| meet(**a, **b)).count()
    }

    /// Numbers that lie on something else.
    pub fn collisions(&self) -> Collisions {
        let meet = |a: Edges, b: Edges| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        let between = |a: Point, b: Point| [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)];
        let mut out = Collisions { boxes: 0, numbers: 0, lines: 0 };
        for (n, one) in self.numbers.iter().enumerate() {
            out.boxes += self.boxes.iter().filter(|edges| meet(**edges, one.place)).count();
            out.numbers += self.numbers[n + 1..].iter().filter(|other| meet(other.place, one.place)).count();
            let net = self.lines[one.line].net;
            out.lines += usize::from(self.pieces().any(|(other, a, b)| other != net && meet(between(a, b), one.place)));
        }
        out
    }

    /// Numbers whose middle is not on the line that they are of.
    pub fn astray(&self) -> usize {
        let is_on = |number: &&Number| {
            let [left, top, right, bottom] = number.place;
            let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
            self.lines[number.line].corners.windows(2).any(|pair| {
                let (a, b) = (pair[0], pair[1]);
                x > a.0.min(b.0) - 1.0 && x < a.0.max(b.0) + 1.0 && y > a.1.min(b.1) - 1.0 && y < a.1.max(b.1) + 1.0
            })
        };
        self.numbers.len() - self.numbers.iter().filter(is_on).count()
    }

    /// Size of the smallest letters where the picture is fitted into 1200 px, px.
    pub fn letters(&self) -> f64 {
        self.smallest * (1200.0 / self.width).min(1.0)
    }

    /// A row of the table: tools, lines, crossings, hidden pieces, letters at 1200 px, size, milliseconds.
    pub fn row(&self, name: &str, took: std::time::Duration) -> String {
        format!(
            "| {name} | {} | {} | {} | {} | {:.1} | {:.0} × {:.0} | {} |",
            self.boxes.len(),
            self.lines.len(),
            self.crossings(),
            self.hidden(),
            self.letters(),
            self.width,
            self.height,
            took.as_millis()
        )
    }
}

#[test]
fn corners_are_read_as_they_were_before_they_were_rounded() {
    assert_eq!(corners("M0 0L18 0Q20 0 20 2L20 2Q20 4 22 4L40 4"), [(0.0, 0.0), (20.0, 0.0), (20.0, 4.0), (40.0, 4.0)]);
    assert_eq!(corners("M5 5L5 9"), [(5.0, 5.0), (5.0, 9.0)]);
}

#[test]
fn a_line_behind_a_box_and_a_crossing_are_noticed() {
    let svg = "<svg class='diagram' width='100' height='50'><g class='d-net' data-line='a'/><g class='d-net' data-line='b'/>\
        <g class='d-box' data-box='x'><rect class='d-border' x='40' y='10' width='20' height='20'/><text font-size='12'>x</text></g>\
        <g class='d-hit' data-line='a'><path d='M0 20L90 20'/></g><g class='d-hit' data-line='b'><path d='M80 0L80 40'/></g></svg>";
    let drawing = Drawing::read(svg);
    assert_eq!((drawing.hidden(), drawing.crossings(), drawing.overlaps()), (1, 1, 0));
    assert!((drawing.letters() - 12.0).abs() < 0.01);
}
