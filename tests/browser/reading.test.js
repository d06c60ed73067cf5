// What helps to find one's way: the search by all that things are called, links to heads, "on this page".
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { address, launch, open, wide } from "./lib/browser.js";
import { pages } from "./lib/pages.js";
import { sites } from "./lib/sites.js";

const [site] = sites("example");
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

describe("the search", () => {
  let opened, page;
  before(async () => {
    opened = await open(browser, site);
    page = opened.page;
    await opened.visit("tools/index.html");
    await page.keyboard.press("/");
  });
  after(async () => {
    assert.deepEqual(opened.faults, []);
    await opened.close();
  });

  /** What is found: a group of results each, with titles and addresses. */
  async function find(words) {
    await page.locator("#q").fill("");
    await page.locator("#q").fill(words);
    await page.locator("#results a").first().waitFor();
    return page.evaluate(() =>
      [...document.querySelectorAll("#results ul")].flatMap((list) => {
        const kind = document.getElementById(list.getAttribute("aria-labelledby")).textContent;
        return [...list.querySelectorAll("a")].map((a) => ({ kind, title: a.querySelector("b").textContent, href: a.getAttribute("href") }));
      }),
    );
  }

  for (const [by, words, kind, title, href] of [
    ["its name", "HubSpot", "Tools", "HubSpot", "../tools/hubspot.html"],
    ["an alias", "SFDC", "Tools", "Salesforce", "../tools/salesforce.html"],
    ["its vendor", "Contentsquare", "Tools", "Hotjar", "../tools/hotjar.html"],
    ["its owner's name", "Priyanka Nair", "Integrations", null, null],
    ["its owner's id", "priyanka", "People", "Priyanka Nair", "../people/priyanka.html"],
    ["a tag", "revenue-core", "Flows", null, "../flows/inbound.html"],
    ["a criterion of a stage", "two activities on different days", "Stages", "Engaged", "../lifecycles/main.html#stage-engaged"],
    ["a criterion of the last stage", "closed list of reasons", "Stages", "Disqualified", "../lifecycles/main.html#stage-disqualified"],
    ["the name of a rule", "no-owner", "Rules", "no-owner", "../rules/no-owner.html"],
    ["a metric", "duplicate rate", "Metrics", null, "../metrics/duplicate-rate.html"],
    ["what it is for", "attribution", "Attribution", null, null],
  ]) {
    test(`finds a thing by ${by}`, async () => {
      const found = await find(words);
      const fits = found.filter((result) => result.kind === kind && (!title || result.title === title));
      assert.ok(fits.length > 0, JSON.stringify(found));
      if (href) assert.equal(fits[0].href, href);
    });
  }

  test("groups its results, the best first, and each leads to its page", async () => {
    const found = await find("hubspot");
    const kinds = found.map(({ kind }) => kind);
    assert.ok(new Set(kinds).size > 3, kinds.join());
    assert.ok(kinds.every((kind, at) => kinds.indexOf(kind) === at || kinds[at - 1] === kind), "a kind has two groups");
    assert.deepEqual([found[0].kind, found[0].title], ["Tools", "HubSpot"]);
    const known = new Set(pages(site).map((path) => address(site, path)));
    const all = await page.locator("#results a").evaluateAll((links) => links.map((link) => link.href.split("#")[0]));
    assert.deepEqual(all.filter((href) => !known.has(href)), []);
  });
});

describe("a link to a head", () => {
  let opened, page;
  before(async () => {
    opened = await open(browser, site, { permissions: ["clipboard-read", "clipboard-write"] });
    page = opened.page;
    await opened.visit("diligence.html");
  });
  after(async () => {
    assert.deepEqual(opened.faults, []);
    await opened.close();
  });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());

  test("is at every section and every question, and leads to it", async () => {
    const targets = await page.locator("main a.here").evaluateAll((links) => links.map((a) => a.hash.slice(1)));
    const wanted = await page.evaluate(() => [...document.querySelectorAll("main h2[id], main article.q")].map((e) => e.id));
    assert.ok(wanted.length > 12);
    assert.deepEqual(targets.toSorted(), wanted.toSorted());
  });

  test("shows itself to the pointer, is copied by a click, and says so", async () => {
    const link = page.locator("main section h2 a.here").first();
    assert.equal(await link.evaluate((e) => getComputedStyle(e).opacity), "0");
    await link.locator("..").hover();
    assert.equal(await link.evaluate((e) => getComputedStyle(e).opacity), "1");
    const box = await link.boundingBox();
    assert.ok(box.width >= 24 && box.height >= 24, JSON.stringify(box));
    await link.click();
    const hash = await link.evaluate((e) => e.hash);
    await page.locator("[role=status]", { hasText: "Link copied" }).waitFor({ state: "attached" });
    assert.equal(await copied(), address(site, "diligence.html") + hash);
    assert.equal(page.url(), address(site, "diligence.html") + hash);
  });

  test("is reached by Tab, seen there, and copied by Enter", async () => {
    const link = page.locator("main article.q h3 a.here").nth(2);
    await link.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    assert.ok(await link.evaluate((e) => e === document.activeElement));
    assert.equal(await link.evaluate((e) => getComputedStyle(e).opacity), "1");
    await page.keyboard.press("Enter");
    await page.locator("[role=status]", { hasText: "Link copied" }).waitFor({ state: "attached" });
    assert.equal(await copied(), address(site, "diligence.html") + (await link.evaluate((e) => e.closest("article").id).then((id) => `#${id}`)));
  });

  test("is no word of the page, and not printed", async () => {
    assert.equal(await page.locator("main h2").first().evaluate((e) => e.innerText.includes("#")), false);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("main a.here >> visible=true").count(), 0);
    await page.emulateMedia({ media: "screen" });
  });
});

test("long pages of several sections begin with a list of them, without scripts too", async () => {
  const opened = await open(browser, site, { viewport: wide, javaScriptEnabled: false });
  const without = [];
  let long = 0;
  for (const path of pages(site)) {
    await opened.visit(path);
    const { screens, sections, listed } = await opened.page.evaluate(() => ({
      screens: document.documentElement.scrollHeight / innerHeight,
      sections: [...document.querySelectorAll("main > section > h2[id], main > .md > h2[id]")].map((e) => e.id),
      listed: [...document.querySelectorAll(".onpage a")].map((a) => a.hash.slice(1)),
    }));
    if (screens < 3 || sections.length < 4) continue;
    long += 1;
    const missing = sections.filter((id) => !listed.includes(id));
    if (missing.length > 0) without.push(`${path}: ${missing.join(", ")}`);
  }
  await opened.close();
  assert.ok(long > 10, `${long} pages are long`);
  assert.deepEqual(without, []);
});
