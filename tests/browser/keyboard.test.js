// What can be done without a pointer.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { address, launch, narrow, open } from "./lib/browser.js";
import { sites } from "./lib/sites.js";

const [site] = sites("example");
const map = "#map svg";
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

describe("wide", () => {
  let opened, page;
  beforeEach(async () => {
    await opened?.close();
    opened = await open(browser, site);
    page = opened.page;
  });
  after(() => {
    assert.deepEqual(opened.faults, []);
    return opened.close();
  });
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);

  test("the first stop of Tab leads past the navigation", async () => {
    await opened.visit("tools/index.html");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Skip to content");
    const box = await page.locator(".skip").boundingBox();
    assert.ok(box.y >= 0 && box.x >= 0, "it is not in sight");
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "main");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)), "the next stop is not in the main part");
  });

  test("every stop of Tab is in sight and marked", async () => {
    for (const path of ["index.html", "tools/index.html", "tools/salesforce.html"]) {
      await opened.visit(path);
      await page.emulateMedia({ reducedMotion: "reduce" });
      const stops = await page.evaluate(() => document.querySelectorAll("a[href], button, input, select, [tabindex='0']").length);
      assert.ok(stops > 40, `${path} has ${stops} stops`);
      for (let stop = 0; stop < stops; stop++) {
        await page.keyboard.press("Tab");
        const fault = await page.evaluate(() => {
          const e = document.activeElement;
          if (e === document.body) return "";
          const box = e.getBoundingClientRect(), style = getComputedStyle(e), shape = e.querySelector("rect");
          const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || (shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 2.5);
          const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 1;
          return marked && seen ? "" : `${e.outerHTML.slice(0, 120)}: ${marked ? "" : "not marked "}${seen ? "" : "not in sight"}`;
        });
        assert.equal(fault, "", path);
      }
    }
  });

  test("a slash leads to the search, which finds a tool, and Enter opens it", async () => {
    await opened.visit("teams/index.html");
    await page.keyboard.press("/");
    assert.equal(await focused(), "q");
    await page.keyboard.type("salesf");
    await page.locator("#results a").first().waitFor();
    assert.match(await page.locator("#results [role=status]").textContent(), /result/);
    await Promise.all([page.waitForURL(address(site, "tools/salesforce.html")), page.keyboard.press("Enter")]);
    assert.equal(await page.locator("h1").textContent(), "Salesforce");
  });

  test("arrows walk the results, Escape leaves them", async () => {
    await opened.visit("index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("hubspot");
    const results = page.locator("#results a");
    await results.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.ok(await results.nth(1).evaluate((e) => e === document.activeElement));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(), "q");
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#results").isHidden());
    assert.equal(await page.locator("#q").inputValue(), "");
  });

  test("a search for nothing that exists says so", async () => {
    await opened.visit("index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("zzqqxxyy");
    await page.getByText("Nothing found").waitFor();
  });

  test("a table is sorted by its heads, there and back", async () => {
    await opened.visit("tools/index.html");
    const head = page.locator("table[data-sortable] thead th").first();
    const names = () => page.locator("table[data-sortable] tbody th[scope=row]").allTextContents();
    const before = await names();
    const sorted = before.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true, sensitivity: "base" }));
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual(await names(), sorted);
    await page.keyboard.press("Space");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.deepEqual(await names(), sorted.toReversed());
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "none");
    assert.deepEqual(await names(), before);
  });

  test("a filter leaves the rows that hold its words, and says how many", async () => {
    await opened.visit("tools/index.html");
    const rows = page.locator("table[data-sortable] tbody tr:not(.group)");
    const all = await rows.count();
    await page.locator("input[data-filters]").focus();
    await page.keyboard.type("salesforce sandbox");
    assert.equal(await rows.locator("visible=true").count(), 1);
    assert.match(await page.locator("main .filter [role=status]").textContent(), /^1 /);
    await page.locator("input[data-filters]").fill("");
    assert.equal(await rows.locator("visible=true").count(), all);
  });

  test("a tool of the map that has the focus stands out with its neighbours", async () => {
    await opened.visit("map.html");
    const faded = page.locator(`${map} [data-box].is-off`);
    await page.locator(`${map} [data-box="hubspot"]`).focus();
    const near = await page.locator(`${map} [data-box]:not(.is-off)`).evaluateAll((all) => all.map((e) => e.getAttribute("data-box")));
    assert.ok(near.includes("hubspot") && near.includes("webflow"), near.join());
    assert.ok((await faded.count()) > 5 && (await page.locator(`${map} [data-line].is-off`).count()) > 5, "everything stands out");
    await page.locator("#q").focus();
    assert.equal(await faded.count(), 0);
  });

  test("a filter of the map keeps some tools and says how many", async () => {
    await opened.visit("map.html");
    const select = page.locator("main .tools select").first();
    await select.selectOption({ index: 1 });
    const [, kept, all] = /^(\d+) of (\d+) tools/.exec(await page.locator("main .tools [role=status]").textContent());
    assert.ok(Number(kept) > 0 && Number(kept) < Number(all), `${kept} of ${all}`);
    assert.equal(await page.locator(`${map} [data-box]:not(.is-off)`).count(), Number(kept));
  });

  test("a picture grows, shrinks and fits by keys and buttons", async () => {
    await opened.visit("map.html");
    const width = () => page.locator(map).evaluate((e) => e.getBoundingClientRect().width);
    const natural = await width();
    await page.locator(".canvas").first().focus();
    await page.keyboard.press("+");
    assert.ok((await width()) > natural);
    await page.keyboard.press("0");
    assert.equal(await width(), natural);
    await page.locator("[data-zoom=out]").focus();
    await page.keyboard.press("Enter");
    assert.ok((await width()) < natural);
  });

  test("the theme changes by its button and stays", async () => {
    await opened.visit("index.html");
    const theme = page.locator("#theme");
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await theme.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    assert.equal(await theme.textContent(), "Theme: dark");
    const dark = await paper();
    assert.notEqual(dark, light);
    await opened.visit("findings.html");
    assert.equal(await paper(), dark);
  });
});

describe("narrow", () => {
  let opened, page;
  before(async () => {
    opened = await open(browser, site, { viewport: narrow });
    page = opened.page;
  });
  after(() => opened.close());

  test("the contents open and close, and a slash searches", async () => {
    await opened.visit("index.html");
    const nav = page.locator("#nav");
    assert.ok(await nav.isHidden());
    await page.getByRole("link", { name: "Contents" }).focus();
    await page.keyboard.press("Enter");
    assert.ok(await nav.isVisible());
    await page.getByRole("link", { name: "Close" }).focus();
    await page.keyboard.press("Enter");
    assert.ok(await nav.isHidden());
    await page.keyboard.press("/");
    assert.ok(await nav.isVisible());
    await page.keyboard.type("salesf");
    await page.locator("#results a").first().waitFor();
    assert.deepEqual(opened.faults, []);
  });
});
