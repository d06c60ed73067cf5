// The process of a lifecycle on paper: two sheets for the example, whole rows and heads beside what they head on any number.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open, wide } from "./lib/browser.js";
import { runsOnSheets, sheetSizes } from "./lib/pdf.js";
import { linchpin, scratch, sites } from "./lib/sites.js";

const [site] = sites("example");
/** The width that A4 and Letter leave between the margins of these sheets, in CSS pixels. */
const papers = [
  { name: "A4", width: 703, points: [595, 842] },
  { name: "Letter", width: 725, points: [612, 792] },
];
/** The smallest type that can be read on a wall, in CSS pixels: seven points. */
const smallest = 7 / 0.75;
let browser, opened, long;
before(async () => {
  browser = await launch();
  opened = await open(browser, site);
  long = await open(browser, { folder: longProcess() });
});
after(() => browser.close());

/** Makes the page forget A4, as somebody does who chooses another paper. */
async function lay(page, paper, rules = "") {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(
    ([size, rules]) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`@page { size: ${size} } ${rules}`);
      document.adoptedStyleSheets = [sheet];
    },
    [paper.name, rules],
  );
}

for (const paper of papers) {
  test(`the process of the example takes two sheets of ${paper.name}`, async () => {
    const { page } = opened;
    await opened.visit("process/main.html");
    await lay(page, paper);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.deepEqual(sheetSizes(pdf), [paper.points, paper.points]);
    assert.deepEqual(opened.faults, []);
  });

  test(`states and handoffs stand on the first sheet of ${paper.name}, the rest on the second`, async () => {
    const { page } = opened;
    await opened.visit("process/main.html");
    const heads = await page.locator(".sheet section").count();
    assert.equal(heads, 6);
    for (let at = 0; at < heads; at += 1) {
      assert.deepEqual(await sheetsOf(page, paper, ".sheet section", at), [at < 2 ? 0 : 1], `section ${at}`);
    }
  });

  test(`words of the picture can be read on ${paper.name}`, async () => {
    const { page } = opened;
    await page.setViewportSize({ width: paper.width, height: 900 });
    await page.emulateMedia({ media: "print" });
    for (const path of ["process/main.html", "lifecycles/main.html"]) {
      await opened.visit(path);
      const sizes = await page.evaluate(() =>
        [...document.querySelectorAll("#lifecycle text")].map((word) => parseFloat(getComputedStyle(word).fontSize) * word.getScreenCTM().a),
      );
      assert.ok(sizes.length > 20 && Math.min(...sizes) >= smallest, `${path}: ${Math.min(...sizes)} px`);
    }
  });
}

test("nothing but the document is printed", async () => {
  const { page } = opened;
  await page.emulateMedia({ media: "print" });
  await opened.visit("process/main.html");
  for (const gone of [".side", ".menu", ".crumbs", ".foot", ".no-print"]) {
    assert.ok((await page.locator(gone).count()) > 0, `${gone} is not there at all`);
    assert.equal(await page.locator(`${gone} >> visible=true`).count(), 0, `${gone} is printed`);
  }
});

test("on the screen one can go on from the process, and other processes are named", async () => {
  const { page } = opened;
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize(wide);
  await opened.visit("lifecycles/main.html");
  await page.getByRole("link", { name: "the process on two sheets" }).click();
  assert.match(page.url(), /process\/main\.html$/);
  await page.locator("main").getByRole("link", { name: "Arcwell lifecycle" }).click();
  assert.match(page.url(), /process\/arcwell\.html$/);
  assert.equal(await page.getByRole("link", { name: "Lead process" }).getAttribute("aria-current"), "true");
});

describe("a lifecycle of many stages", () => {
  for (const [what, selector] of [
    ["row", ".sheet tbody tr"],
    ["rule", ".sheet .bullets li"],
    ["picture", ".sheet figure"],
  ]) {
    test(`no ${what} is split between two sheets`, async () => {
      const { page } = long;
      await long.visit("process/long.html");
      await page.emulateMedia({ media: "print" });
      const count = await page.locator(selector).count();
      assert.ok(what === "picture" ? count === 1 : count > 20, `${count} of them`);
      const seen = new Set();
      for (let at = 0; at < count; at += 1) {
        const sheets = await sheetsOf(page, papers[0], selector, at);
        assert.equal(sheets.length, 1, `${what} ${at} stands on the sheets ${sheets.join(" and ")}`);
        seen.add(sheets[0]);
      }
      assert.ok(what === "picture" || seen.size > 1, "they all fit on one sheet, so the test proves nothing");
    });
  }

  test("a head stands on the sheet of what it heads, wherever a sheet ends", async () => {
    const { page } = long;
    await long.visit("process/long.html");
    await page.emulateMedia({ media: "print" });
    // the head and the first line below it, pushed down step by step over the whole height of a sheet
    await page.evaluate(() => {
      const section = [...document.querySelectorAll(".sheet section")].find((of) => of.querySelector("#scoring"));
      for (const part of [section.querySelector("h2"), section.querySelector("p")]) part.classList.add("together");
    });
    const seen = new Set();
    for (let down = 0; down < 1040; down += 26) {
      const sheets = await sheetsOf(page, papers[0], ".together", undefined, `.sheet + .sheet { padding-top: ${down}px }`);
      assert.equal(sheets.length, 1, `${down} px further down they stand on the sheets ${sheets.join(" and ")}`);
      seen.add(sheets[0]);
    }
    assert.equal(seen.size, 2, "no sheet ended between them and the start");
  });
});

/** The sheets on which an element that a selector finds, or all of them, set words. */
async function sheetsOf(page, paper, selector, at, rules = "") {
  await page.evaluate(
    ([selector, at]) => {
      for (const [number, found] of document.querySelectorAll(selector).entries()) {
        found.toggleAttribute("data-ink", at === undefined || number === at);
      }
    },
    [selector, at],
  );
  const only = "body * { visibility: hidden } [data-ink], [data-ink] * { visibility: visible }";
  await lay(page, paper, `${only} @page { @bottom-left { content: none } @bottom-right { content: none } } ${rules}`);
  const runs = runsOnSheets(await page.pdf({ preferCSSPageSize: true }));
  return runs.flatMap((count, sheet) => (count > 0 ? [sheet] : []));
}

/** The site of a stack whose lifecycle has two dozen stages and whose routing has thirty rules. */
function longProcess() {
  const countries = Array.from({ length: 40 }, (_, k) => `"country ${k}"`);
  const stages = Array.from({ length: 24 }, (_, k) => `
[[lifecycle.long.stage]]
id = "s${k}"
name = "S${k}"
definition = "What holds of somebody who has come as far as the stage number ${k}."
entry = ["A first thing that has to be true", "A second thing, ${"which takes so many words ".repeat(2 + (k % 7))}"]
exit = ["Ends"]
owner = "team"
${k % 4 === 3 ? `recycle = { to = "s${k - 3}", when = ["Late"], after = "${k}d" }` : ""}
${k % 5 === 4 ? `handoff = { to = "team", within = "5m", sla = "2h", notify = "A message that says what is to be done next, and by when", creates = "opportunity" }` : ""}`);
  const rules = Array.from({ length: 30 }, (_, k) => `
[[routing.long.rule]]
name = "Rule number ${k}"
when = { country = [${countries.slice(0, 6 + 7 * (k % 5)).join(", ")}], employees = { min = ${k}, below = ${1000 + k} } }
assign = "team"`);
  const folder = join(scratch(), "stack");
  mkdirSync(folder);
  writeFileSync(join(folder, "stack.toml"), `
[stack]
name = "Long"
[team.team]
name = "Team"
[tool.crm]
name = "CRM"
category = "crm"
[lifecycle.long]
name = "Long lifecycle"
object = "lead"
${stages.join("\n")}
[routing.long]
name = "Long routing"
object = "lead"
tool = "crm"
fields.country = { type = "text" }
fields.employees = { type = "integer" }
${rules.join("\n")}
`);
  linchpin(["build", folder, "-o", join(folder, "../site")]);
  return join(folder, "../site");
}
