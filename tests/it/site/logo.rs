//! `[site] logo`: a picture of the stack beside the name, or the reason why not.

use std::fs;

use linchpin::load::MAX_LOGO;

use crate::built::{Folder, PNG, open};

const SITE: &str = "[site]\ntitle = \"Logos\"\nlogo = \"brand/logo.img\"\n";

fn with(bytes: &[u8]) -> Folder {
    let folder = Folder::stack(SITE);
    folder.write("brand/logo.img", bytes);
    folder
}

/// What is said of a stack whose logo is refused: place, message and remedy.
fn refused(folder: &Folder) -> String {
    let project = open(folder.path());
    assert!(!project.is_valid());
    let [finding] = project.report.findings.as_slice() else { panic!("{:?}", project.report.findings) };
    assert_eq!((finding.rule.name, finding.subject.as_str(), finding.key.as_deref()), ("unreadable-file", "site", Some("logo")));
    let place = project.sources.file(finding.span.file).position(finding.span.start);
    assert_eq!((place.line, place.column), (7, 8));
    format!("{}; {}", finding.message, finding.help.as_deref().unwrap_or_default())
}

#[test]
fn pictures_are_known_by_their_first_bytes_and_stand_on_every_page() {
    let cases: [(&[u8], &str); 3] = [(PNG, "png"), (b"\xff\xd8\xff\xe0 rest", "jpg"), (b"RIFF\x04\0\0\0WEBP", "webp")];
    for (bytes, extension) in cases {
        let folder = with(bytes);
        let site = folder.site();
        let path = format!("assets/logo.{extension}");
        assert_eq!(site.0.iter().find(|file| file.path == path).unwrap().content, bytes);
        for (page, src) in [("index.html", path.clone()), ("rules/no-owner.html", format!("../{path}"))] {
            let image = site.page(page);
            let image = image.one("nav .brand img");
            assert_eq!((image.value().attr("src"), image.value().attr("alt")), (Some(src.as_str()), Some("")));
        }
    }
}

#[test]
fn what_is_no_picture_or_could_do_more_than_be_seen_is_refused_at_its_key() {
    let svg = "\u{feff} <?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let said = refused(&with(svg.as_bytes()));
    assert_eq!(
        said,
        "`brand/logo.img` cannot be the logo: it is an SVG, which can hold scripts and links; save it as PNG or WebP, at least 80 pixels high"
    );
    assert!(refused(&with(b"GIF89a")).contains("neither a PNG nor a JPEG nor a WebP"));
    assert!(refused(&with(b"")).contains("neither a PNG nor a JPEG nor a WebP"));
    assert!(refused(&with(b"RIFF\x04\0\0\0WAVE")).contains("neither a PNG nor a JPEG nor a WebP"));
}

#[test]
fn a_logo_has_512_kib_at_most() {
    let size = usize::try_from(MAX_LOGO).unwrap();
    let picture = |size: usize| [PNG, &vec![0; size - PNG.len()]].concat();
    assert!(open(with(&picture(size)).path()).is_valid());
    assert!(refused(&with(&picture(size + 1))).contains("larger than 512 KiB"));
}

#[test]
fn a_logo_lies_inside_of_the_stack() {
    assert!(refused(&Folder::stack(SITE)).contains("there is no such file"));
    let outside = Folder::of(&[]);
    outside.write("logo.img", PNG);
    let linked = Folder::stack(SITE);
    fs::create_dir(linked.path().join("brand")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path().join("logo.img"), linked.path().join("brand/logo.img")).unwrap();
        assert!(refused(&linked).contains("a part of its path is a symbolic link; put the file itself there"));
    }
    let above = SITE.replace("brand/logo.img", "../logo.img");
    assert!(refused(&Folder::stack(&above)).contains("the path leaves the stack's folder; name a PNG, JPEG or WebP file below"));
    let folder = Folder::stack(SITE);
    folder.write("brand/logo.img/inside.txt", "");
    assert!(refused(&folder).contains("it is no regular file"));
}

#[test]
fn the_example_has_a_small_logo() {
    let bytes = fs::read(crate::built::example().join("brand/northwind.png")).unwrap();
    assert!(bytes.starts_with(PNG) && bytes.len() < 3000);
}
