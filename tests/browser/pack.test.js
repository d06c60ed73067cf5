// The diligence pack on paper: pages with numbers, none of them empty, nothing cut, and the document on a screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { accessibility, overhang } from "./lib/audit.js";
import { launch, narrow, open, wide } from "./lib/browser.js";
import { mistakes } from "./lib/markup.js";
import { read } from "./lib/pages.js";
import { runsOnSheets, sheetSizes } from "./lib/pdf.js";
import { linchpin, repository, scratch } from "./lib/sites.js";

const site = { name: "pack", folder: scratch() };
const sheet = { width: 672, height: 977 };
const path = "diligence-pack.html";
let browser;
before(async () => {
  linchpin(["build", join(repository, "stack.example"), "--print", "-o", site.folder]);
  browser = await launch();
});
after(() => browser.close());

test("every sheet is A4 and says something beside its foot, and all but the cover are numbered", async () => {
  const { page, visit, faults } = await open(browser, site, { viewport: sheet });
  await page.emulateMedia({ media: "print" });
  await visit(path);
  const cut = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((e) => !e.closest(".vh") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 100)));
  assert.deepEqual(cut, [], "runs off the sheet");
  const print = () => page.pdf({ preferCSSPageSize: true });
  const pdf = await print();
  const runs = runsOnSheets(pdf);
  assert.ok(runs.length > 60 && runs.length < 260, `${runs.length} sheets`);
  const is = ([width, height], ...size) => Math.abs(width - size[0]) < 2 && Math.abs(height - size[1]) < 2;
  assert.ok(sheetSizes(pdf).every((size) => is(size, 595, 842) || is(size, 842, 595)), "not A4");
  assert.equal(sheetSizes(pdf).filter((size) => is(size, 842, 595)).length, 1, "the map alone lies on its side");
  // without the words the foot alone is left
  await page.evaluate(() => {
    const ink = new CSSStyleSheet();
    ink.replaceSync("body * { visibility: hidden }");
    document.adoptedStyleSheets = [ink];
  });
  const feet = runsOnSheets(await print());
  assert.equal(feet.length, runs.length);
  assert.equal(feet[0], 0, "the cover has a foot");
  assert.ok(feet.slice(1).every((foot) => foot >= 2), "a sheet has no number");
  const empty = runs.map((all, index) => all - feet[index]).flatMap((words, index) => (words < 2 ? [index + 1] : []));
  assert.deepEqual(empty, [], "sheets without words");
  assert.deepEqual(faults, []);
});

test("printed from a window, it begins with its cover", async () => {
  const { page, visit, close } = await open(browser, site);
  await visit(path);
  // all but the cover is out of sight
  await page.evaluate(() => {
    const ink = new CSSStyleSheet();
    ink.replaceSync("body > :not(.cover) { visibility: hidden }");
    document.adoptedStyleSheets = [ink];
  });
  const runs = runsOnSheets(await page.pdf({ preferCSSPageSize: true }));
  assert.ok(runs[0] > 5, "the first sheet is not the cover");
  await close();
});

test("its HTML is valid", async () => assert.deepEqual(await mistakes(read(site, path), path), []));

for (const [name, options] of [
  ["1280 pixels, light", { viewport: wide, colorScheme: "light" }],
  ["360 pixels, dark", { viewport: narrow, colorScheme: "dark" }],
]) {
  test(`on a screen of ${name}`, async () => {
    const { page, visit, faults, close } = await open(browser, site, { ...options, reducedMotion: "reduce" });
    await visit(path);
    assert.deepEqual(await overhang(page), [], "scrolls sideways");
    await page.locator('.toc a:text-is("HubSpot")').first().click();
    assert.ok(await page.locator('[id="tools.hubspot"]').evaluate((e) => Math.abs(e.getBoundingClientRect().top) < 120), "does not lead to the entry");
    assert.deepEqual(await accessibility(page), []);
    assert.deepEqual(faults, []);
    await close();
  });
}
