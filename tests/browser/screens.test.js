// Ten pages as they look, held against pictures that somebody has looked at. They are written anew, those that differ, by
//   SNAPSHOTS=overwrite node --test screens.test.js
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, open } from "./lib/browser.js";
import { onlyOurs, others } from "./lib/fonts.js";
import { compare, small, tolerance } from "./lib/screens.js";
import { scratch, sites } from "./lib/sites.js";

const here = dirname(fileURLToPath(import.meta.url));
const kept = join(here, "screens");
const out = join(here, ".out/screens");
const desk = { width: 1280, height: 1400 }, phone = { width: 360, height: 1500 };
/** The width that A4 leaves between the margins, and the height of a sheet and a half. */
const paper = { width: 672, height: 1400 };
const screens = [
  { name: "index", path: "index.html", viewport: desk },
  { name: "diligence-phone", path: "diligence.html", viewport: phone },
  { name: "map", path: "map.html", viewport: desk },
  { name: "key-people-dark", path: "key-people.html", viewport: desk, colorScheme: "dark" },
  { name: "spend-printed", path: "spend.html", viewport: paper, media: "print" },
  { name: "routing", path: "routing/inbound.html", viewport: desk },
  { name: "tool", path: "tools/salesforce.html", viewport: desk },
  { name: "flow-phone-dark", path: "flows/inbound.html", viewport: phone, colorScheme: "dark" },
  { name: "person-phone", path: "people/theo.html", viewport: phone },
  { name: "findings-dark", path: "findings.html", viewport: desk, colorScheme: "dark" },
];
// letters by their outlines alone, in grey: what is left to the machine is next to nothing
const plain = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars"];

const [site] = sites("example");
let browser, bench;
before(async () => {
  browser = await launch({ args: plain, env: onlyOurs(join(scratch(), "fonts")) });
  bench = await browser.newPage();
  assert.deepEqual(await others(bench), [], "DejaVu is missing, with which the pictures are drawn: apt-get install fonts-dejavu-core");
  rmSync(out, { recursive: true, force: true });
});
after(() => browser.close());

/** Takes the picture of a page, after `spoil` has had its way with it. */
async function take({ path, viewport, colorScheme, media }, { spoil, by = browser } = {}) {
  const opened = await open(by, site, { viewport, colorScheme: colorScheme ?? "light", reducedMotion: "reduce" });
  if (media) await opened.page.emulateMedia({ media });
  await opened.visit(path);
  if (spoil) await opened.page.evaluate(spoil);
  await opened.page.evaluate(() => document.fonts.ready);
  const picture = await opened.page.screenshot({ animations: "disabled", caret: "hide" });
  await opened.close();
  assert.deepEqual(opened.faults, []);
  return picture;
}

function write(folder, name, picture) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), picture);
  return join(folder, name);
}

for (const screen of screens) {
  test(`${screen.name} looks as it was reviewed`, async () => {
    const taken = await take(screen), file = join(kept, `${screen.name}.png`);
    const found = existsSync(file) ? await compare(bench, readFileSync(file), taken) : { share: 1, sizes: ["no picture"], picture: "" };
    if (process.env.SNAPSHOTS === "overwrite") {
      if (found.share > 0) write(kept, `${screen.name}.png`, await small(bench, taken));
      return;
    }
    if (found.share <= tolerance.share) return;
    const now = write(out, `${screen.name}.taken.png`, taken);
    const where = write(out, `${screen.name}.difference.png`, Buffer.from(found.picture, "base64"));
    assert.fail(
      `${(100 * found.share).toFixed(2)} % of ${screen.path} differs (${found.sizes.join(" was kept, taken is ")}).\n` +
        `Kept: ${file}\nTaken: ${now}\nWhere they differ: ${where}\n` +
        "If that is how it should look: SNAPSHOTS=overwrite node --test screens.test.js, and look at what it wrote",
    );
  });
}

test("the pictures are small, and none is left of a page that is no longer looked at", () => {
  const found = readdirSync(kept);
  assert.deepEqual(found.toSorted(), screens.map(({ name }) => `${name}.png`).toSorted());
  const bytes = found.reduce((sum, name) => sum + statSync(join(kept, name)).size, 0);
  assert.ok(bytes < 1_500_000, `${bytes} bytes`);
});

describe("the tolerance", () => {
  const of = (name) => screens.find((screen) => screen.name === name);
  const breakages = [
    ["a style sheet that is missing", "index", () => document.querySelector('link[href$="site.css"]').remove()],
    ["the style of pictures that is missing", "map", () => document.querySelector('link[href$="diagram.css"]').remove()],
    ["a section that is lost", "tool", () => document.querySelectorAll("main section")[0].remove()],
    ["key figures that lie on each other", "index", () => document.querySelectorAll(".figures > div").forEach((figure) => (figure.style.marginRight = "-90px"))],
    ["a table whose columns do not line up", "findings-dark", () => document.querySelectorAll("tbody td:nth-child(2)").forEach((cell) => (cell.style.display = "none"))],
    ["navigation that lies on the page", "routing", () => (document.querySelector(".side").style.width = "330px")],
    ["dark words on dark ground", "key-people-dark", () => document.documentElement.style.setProperty("--ink", "#222")],
    ["a picture that is gone", "map", () => document.querySelector("main .canvas svg").remove()],
    ["navigation on paper", "spend-printed", () => document.querySelector(".side").style.setProperty("display", "flex", "important")],
  ];
  for (const [what, name, spoil] of breakages) {
    test(`finds ${what}`, async () => {
      const { share } = await compare(bench, await take(of(name)), await take(of(name), { spoil }));
      assert.ok(share > 3 * tolerance.share, `${(100 * share).toFixed(2)} % differs`);
    });
  }

  test("does not find how another machine draws the same letters", async () => {
    const other = await launch({ args: ["--font-render-hinting=slight", "--hide-scrollbars"], env: onlyOurs(join(scratch(), "fonts"), { fitted: true }) });
    for (const screen of [of("index"), of("findings-dark"), of("person-phone")]) {
      const { share } = await compare(bench, await take(screen), await take(screen, { by: other }));
      assert.ok(share < tolerance.share, `${screen.name}: ${(100 * share).toFixed(2)} % differs`);
    }
    await other.close();
  });

  test("does not find that a picture is kept in few colours", async () => {
    for (const screen of screens) {
      const taken = await take(screen);
      const { share } = await compare(bench, await small(bench, taken), taken);
      assert.ok(share < tolerance.share / 4, `${screen.name}: ${(100 * share).toFixed(2)} % differs`);
    }
  });
});
