// The form on the pages of routings and scorings: what comes out, and whether everybody can use it.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessibility, overhang, spilledWords } from "./lib/audit.js";
import { address, launch, narrow, open, wide } from "./lib/browser.js";
import { linchpin, repository, scratch, sites } from "./lib/sites.js";

const [example, sourcegraph] = sites("example", "sourcegraph");
/** The stacks as data, with what the site of the example withholds. */
const stacks = new Map([[example, whole(join(repository, "stack.example"))], [sourcegraph, data(sourcegraph.folder)]]);
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

function data(folder) {
  return JSON.parse(readFileSync(join(folder, "data/stack.json"), "utf8"));
}

function whole(stack) {
  const folder = join(scratch(), "stack"), site = join(scratch(), "site");
  cpSync(stack, folder, { recursive: true });
  const root = join(folder, "stack.toml"), text = readFileSync(root, "utf8");
  assert.match(text, /^redact = .*$/m);
  writeFileSync(root, text.replace(/^redact = .*$/m, ""));
  linchpin(["build", folder, "-o", site]);
  return data(site);
}

const input = (page, field) => page.locator(".try-fields").getByLabel(field.replaceAll("-", " "), { exact: true });
const verdict = (page) => page.locator(".try .verdict");

/** Types a record into the form, as a person would; what no rule reads has no input. Says how much was typed. */
async function fill(page, record) {
  let typed = 0;
  await page.getByRole("button", { name: "Clear" }).click();
  for (const [field, value] of Object.entries(record)) {
    const control = input(page, field);
    if ((await control.count()) === 0) continue;
    if (await control.evaluate((e) => e.tagName === "SELECT")) await control.selectOption(String(value));
    else await control.fill(String(value));
    typed += 1;
  }
  return typed;
}

/** The rule of the page's own routing that takes what is filled in, by the list below the form, the table and the picture. */
async function taken(page) {
  const listed = await page.locator(".try .trace ol").first().locator("li.hit a").allTextContents();
  const rows = await page.locator("tr.is-hit th b").allTextContents();
  const boxes = await page.locator("[data-way=ask].is-hit").evaluateAll((all) => all.map((e) => e.querySelector(".d-strong").textContent));
  return { listed, rows, boxes };
}

for (const [site, stack] of stacks) {
  describe(`${site.name}: every test of the stack comes out as it expects`, () => {
    let opened;
    before(async () => {
      opened = await open(browser, site);
    });
    after(() => {
      assert.deepEqual(opened.faults, []);
      return opened.close();
    });

    const visit = async (path) => {
      if (opened.page.url() !== address(site, path)) await opened.visit(path);
    };

    for (const [id, routing] of Object.entries(stack.routing)) {
      for (const { name, record, expect } of routing.test ?? []) {
        test(`${id}: ${name}`, async () => {
          await visit(`routing/${id}.html`);
          // A record of which no rule reads anything is asked about by the name of its test.
          if ((await fill(opened.page, record)) === 0) await opened.page.getByLabel("Start from").selectOption(name);
          const { listed, rows, boxes } = await taken(opened.page);
          const expected = expect === "unrouted" ? [] : [expect];
          assert.deepEqual(listed, expected);
          assert.deepEqual(rows, expected);
          // A long name is cut or set in two lines.
          assert.equal(boxes.length, expected.length);
          assert.ok(expected.every((rule) => rule.startsWith(boxes[0].replace("…", ""))), `${boxes}`);
          const words = await verdict(opened.page).textContent();
          assert.equal(/^(Nobody|Left to others)\. No rule/.test(words), expect === "unrouted", words);
        });
      }
    }
    for (const [id, scoring] of Object.entries(stack.scoring ?? {})) {
      for (const { name, record, expect } of scoring.test ?? []) {
        test(`${id}: ${name}`, async () => {
          await visit(`scoring/${id}.html`);
          await fill(opened.page, record);
          const words = await verdict(opened.page).textContent();
          assert.match(words, new RegExp(`^${expect} points?: ${expect >= scoring.threshold ? "promoted" : "not promoted"}`));
          const counted = await opened.page.locator(".trace .hit .points").allTextContents();
          assert.equal(counted.reduce((sum, points) => sum + Number(points.replace("−", "-")), 0), expect);
          assert.equal(await opened.page.locator("tr.is-hit").count(), counted.length);
        });
      }
    }
  });
}

describe("the form", () => {
  let opened, page;
  before(async () => {
    opened = await open(browser, example);
    page = opened.page;
  });
  after(() => {
    assert.deepEqual(opened.faults, []);
    return opened.close();
  });

  test("says nothing before something is filled in, and again after it is emptied", async () => {
    await opened.visit("routing/inbound.html");
    assert.match(await verdict(page).textContent(), /^Fill in what is known of a lead/);
    await input(page, "country").fill("FR");
    assert.match(await verdict(page).textContent(), /^EMEA Sales or Lotte Jansen, in turn\. Rule: Europe\./);
    assert.ok((await page.locator(".is-off").count()) > 3);
    await page.getByRole("button", { name: "Clear" }).click();
    assert.match(await verdict(page).textContent(), /^Fill in what is known of a lead/);
    assert.equal(await page.locator(".is-off, .is-hit").count(), 0);
    assert.equal(await input(page, "country").inputValue(), "");
  });

  test("says which condition of each earlier rule fails, and on what", async () => {
    await opened.visit("routing/inbound.html");
    await fill(page, { country: "us", employees: 99, email: "ops@boxline.example" });
    const why = page.locator(".trace li", { hasText: "Mid-market Americas" });
    assert.equal(await why.textContent(), "Mid-market Americas asks that employees is at least 100 and is below 1,000 (it is 99)");
    const first = page.locator(".trace li").first();
    assert.equal(
      await first.textContent(),
      "Not a buyer asks that job level is student (it is empty), or that email ends with .edu, @gripline.example or @palletiq.example (it is ops@boxline.example)",
    );
  });

  test("follows the record to the routing that it is handed over to", async () => {
    await opened.visit("routing/inbound.html");
    await fill(page, { "product-interest": "machine-vision", employees: 9000, industry: "pharma" });
    assert.match(await verdict(page).textContent(), /^.*\. Rule: Large plants of Arcwell leads\./);
    assert.equal(await page.locator(".trace ol").count(), 2);
    assert.equal(await page.locator(".trace ol").nth(1).locator(".hit a").getAttribute("href"), "arcwell.html#rule-large-plants");
  });

  test("starts from a test, and from a link", async () => {
    await opened.visit("routing/inbound.html");
    await page.getByLabel("Start from").selectOption("Parcel hub in Singapore");
    assert.equal(await input(page, "job-title").inputValue(), "Warehouse Planner");
    const said = await verdict(page).textContent();
    assert.match(said, /Rule: Logistics planners anywhere/);
    const href = await page.getByRole("link", { name: "Link to this record" }).getAttribute("href");
    await page.goto("about:blank");
    opened.faults.length = 0;
    await page.goto(`${address(example, "routing/inbound.html")}${href}`);
    assert.equal(await verdict(page).textContent(), said);
    // A link that somebody has made up is text like any other.
    await page.goto("about:blank");
    opened.faults.length = 0;
    await page.goto(`${address(example, "routing/inbound.html")}#country=%3Cimg src=x onerror=alert(1)%3E&nothing=1&employees=many&industry=none`);
    assert.equal(await verdict(page).textContent(), "No answer yet: employees must be a whole number, such as 1200.");
    assert.equal(await input(page, "country").inputValue(), "<img src=x onerror=alert(1)>");
    assert.equal(await page.locator("main img").count(), 0);
    assert.ok(await page.getByRole("link", { name: "Link to this record" }).isHidden());
  });

  test("offers a test of which something decisive is withheld with something alike in its place", async () => {
    await opened.visit("routing/inbound.html");
    await page.getByLabel("Start from").selectOption("Robotics student");
    assert.equal(await input(page, "email").inputValue(), "withheld.edu");
    assert.match(await verdict(page).textContent(), /^Nobody: Students and competitors: .*, salespeople do not\. Rule: Not a buyer\./);
    assert.equal(await page.getByText("Not offered").count(), 0);
  });

  test("says of a value that no rule names that it is none, and of required fields that they are empty", async () => {
    await opened.visit("routing/inbound.html");
    await fill(page, { country: "United States" });
    const note = page.locator("#" + (await input(page, "country").getAttribute("aria-describedby")).split(" ").at(-1));
    assert.equal(await note.textContent(), "no rule names this");
    assert.match(await verdict(page).textContent(), / Required and still empty: .*lead source\.$/);
    await input(page, "country").fill("us");
    assert.equal(await note.textContent(), "");
  });

  test("moves no neighbour of a value that is refused", async () => {
    await opened.visit("routing/inbound.html");
    const tops = () => page.locator(".try-fields :is(input, select)").evaluateAll((all) => all.slice(0, 8).map((e) => e.getBoundingClientRect().top + scrollY));
    const before = await tops();
    await fill(page, { employees: "1.000.000" });
    assert.deepEqual(await tops(), before);
    assert.match(await verdict(page).textContent(), /^No answer yet: employees must be a whole number/);
  });

  test("refuses what is no value of its field, and says why beside it", async () => {
    await opened.visit("routing/inbound.html");
    await fill(page, { country: "US", employees: "12.5" });
    const employees = input(page, "employees");
    assert.equal(await employees.getAttribute("aria-invalid"), "true");
    const [hint, note] = (await employees.getAttribute("aria-describedby")).split(" ");
    assert.equal(await page.locator(`#${hint}`).textContent(), "Of the whole company, not of the site.");
    assert.equal(await page.locator(`#${note}`).textContent(), "must be a whole number, such as 1200");
    assert.equal(await verdict(page).textContent(), "No answer yet: employees must be a whole number, such as 1200.");
    await employees.fill("3000001");
    assert.match(await verdict(page).textContent(), /employees must be between 0 and 3,000,000/);
    await employees.fill("1200");
    assert.equal(await employees.getAttribute("aria-invalid"), null);
    assert.match(await verdict(page).textContent(), /Enterprise Americas/);
  });

  test("is worked by keys alone", async () => {
    await opened.visit("scoring/main.html");
    await page.getByRole("button", { name: "Clear" }).focus();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent), "job level");
    await page.keyboard.type("director");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("900");
    assert.match(await verdict(page).textContent(), /^35 points: not promoted, 25 short of 60\./);
  });
});

for (const [look, options] of [
  ["light, wide", { viewport: wide }],
  ["dark, wide", { viewport: wide, colorScheme: "dark" }],
  ["light, narrow", { viewport: narrow }],
  ["dark, narrow", { viewport: narrow, colorScheme: "dark" }],
]) {
  test(`a form that is filled in, ${look}: accessible, within the window`, async () => {
    const opened = await open(browser, example, options);
    for (const [path, record] of [
      ["routing/inbound.html", { "product-interest": "machine-vision", country: "a-very-long-word-".repeat(20) }],
      ["scoring/main.html", { "job-level": "engineer", "pricing-views": 4, employees: 3 }],
      ["routing/trade-show.html", { budget: -1 }],
    ]) {
      await opened.visit(path);
      await fill(opened.page, record);
      assert.deepEqual(await accessibility(opened.page), [], path);
      assert.deepEqual(await overhang(opened.page), [], path);
      assert.deepEqual(await spilledWords(opened.page), [], path);
    }
    assert.deepEqual(opened.faults, []);
    await opened.close();
  });
}

test("without scripts there is no form, and on paper neither", async () => {
  const plain = await open(browser, example, { javaScriptEnabled: false });
  for (const path of ["routing/inbound.html", "scoring/main.html"]) {
    await plain.visit(path);
    assert.ok(await plain.page.locator(".try").isHidden());
    assert.ok(await plain.page.getByText("On the command line").isVisible());
    assert.equal(await plain.page.locator("main :is(input, select, button) >> visible=true").count(), 0);
  }
  await plain.close();
  const printed = await open(browser, example);
  await printed.visit("routing/inbound.html");
  await fill(printed.page, { country: "FR" });
  await printed.page.emulateMedia({ media: "print" });
  assert.ok(await printed.page.locator(".try").isHidden());
  const faded = await printed.page.locator("[data-step]").evaluateAll((all) => all.filter((e) => getComputedStyle(e).opacity !== "1").length);
  assert.equal(faded, 0, "the way of a record that the paper does not show");
  assert.deepEqual(printed.faults, []);
  await printed.close();
});
