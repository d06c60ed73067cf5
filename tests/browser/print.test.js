// Pages on paper: no navigation, every word, whole pictures.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./lib/browser.js";
import { runsOnSheets, sheetSizes } from "./lib/pdf.js";
import { sites } from "./lib/sites.js";

const [site, large] = sites("example", "large");
/** The width that A4 leaves between the margins, in CSS pixels. */
const sheet = { width: 672, height: 977 };
let browser, opened;
before(async () => {
  browser = await launch();
  opened = await open(browser, site, { viewport: sheet });
});
after(() => browser.close());

for (const path of ["index.html", "map.html", "findings.html", "spend.html", "redundancy.html", "charter.html", "tools/salesforce.html", "people/theo.html", "lifecycles/main.html", "process/main.html", "routing/inbound.html", "scoring/main.html", "rules/no-owner.html", "tools/index.html"]) {
  test(path, async () => {
    const { page } = opened;
    await page.emulateMedia({ media: "print" });
    await opened.visit(path);
    for (const gone of [".side", ".menu", ".skip", ".filter", ".tools", ".try", ".onpage"]) {
      assert.equal(await page.locator(`${gone} >> visible=true`).count(), 0, `${gone} is printed`);
    }
    const wide = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((e) => !e.closest(".vh") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 100)));
    assert.deepEqual(wide, [], "runs off the sheet");

    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sheets = pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    assert.ok(sheets > 0 && sheets < 40, `${sheets} sheets`);
    assert.ok(pdf.includes("/MediaBox [0 0 594") || pdf.includes("/MediaBox [0 0 595"), "not A4");
    assert.deepEqual(opened.faults, []);
  });
}

test("a table repeats its head on every sheet, though its head holds buttons", async () => {
  const { page } = opened;
  await page.emulateMedia({ media: "print" });
  await opened.visit("map.html");
  // only the head is inked, in the place that it has among the rest
  await page.evaluate(() => {
    const ink = new CSSStyleSheet();
    ink.replaceSync("body * { visibility: hidden } thead th, thead th * { visibility: visible } @page { @bottom-left { content: none } @bottom-right { content: none } }");
    document.adoptedStyleSheets = [ink];
  });
  assert.ok((await page.locator("thead th button").count()) > 0, "no head holds a button");
  const onSheets = runsOfText(await page.pdf({ preferCSSPageSize: true }));
  await page.evaluate(() => document.querySelectorAll("tbody tr:nth-child(n + 3)").forEach((row) => row.remove()));
  const once = runsOfText(await page.pdf({ preferCSSPageSize: true }));
  assert.ok(once > 0 && onSheets >= 3 * once, `${onSheets} runs of text on all sheets, ${once} on one`);
});

const across = (pdf) => sheetSizes(pdf).filter(([width, height]) => width > height);

test("the map is whole on one sheet that lies on its side, and what follows stands upright", async () => {
  for (const [of, path] of [[site, "map.html"], [large, "map.html"], [large, "map/sales.html"]]) {
    const { page, visit, faults } = await open(browser, of, { viewport: { width: 1032, height: 699 } });
    await page.emulateMedia({ media: "print" });
    await visit(path);
    const picture = await page.locator("#map svg").evaluate((e) => ({ width: e.getBoundingClientRect().width, bottom: document.querySelector(".landscape").getBoundingClientRect().bottom }));
    assert.ok(picture.width > 1000, `${path}: only ${picture.width} px wide`);
    assert.ok(picture.bottom < 699, `${path}: ends at ${picture.bottom} px`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(across(pdf).length, 1, path);
    assert.ok(sheetSizes(pdf).length > 1, path);
    assert.deepEqual(faults, []);
    await page.context().close();
  }
});

test("each line of a printed map bears its number in the table, and none on the screen", async () => {
  const { page } = opened;
  await page.emulateMedia({ media: "screen" });
  await opened.visit("map.html");
  assert.equal(await page.locator(".d-numbers text >> visible=true").count(), 0);
  await page.emulateMedia({ media: "print" });
  const numbers = await page.locator(".d-numbers text").evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().width > 0).map((e) => [e.textContent, e.getAttribute("data-line").split(" ")]));
  assert.equal(numbers.length, await page.locator("#map .d-hit").count());
  const rows = new Map(await page.locator("#filter-table tbody tr").evaluateAll((all) => all.map((row) => [row.querySelector("th a").getAttribute("href"), row.cells[0].textContent])));
  for (const [text, ids] of numbers) {
    const own = ids.map((id) => rows.get(`integrations/${id}.html`));
    const shown = text.split("·").filter((part) => !part.startsWith("+"));
    assert.ok(shown.every((number) => own.includes(number)), `${text} on ${ids}`);
  }
  const named = new Set(numbers.flatMap(([, ids]) => ids));
  assert.ok([...rows].filter(([, number]) => number).every(([href]) => named.has(href.slice(13, -5))), "a number of the table is on no line");
});

test("the address of a link to the web is printed behind it", async () => {
  const { page } = opened;
  await page.emulateMedia({ media: "print" });
  await opened.visit("tools/salesforce.html");
  const link = page.locator('main a[href^="http"]:not(.src, .at a)').first();
  const printed = await link.evaluate((e) => getComputedStyle(e, "::after").content);
  assert.ok(printed.includes(await link.getAttribute("href")), printed);
});

/** How many times a PDF sets a run of text. */
function runsOfText(pdf) {
  return runsOnSheets(pdf).reduce((sum, runs) => sum + runs, 0);
}
