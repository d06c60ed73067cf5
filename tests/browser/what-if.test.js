// The what-if control of the map: it says what the command says, greys out the map, and can be used by everybody.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessibility, overhang } from "./lib/audit.js";
import { address, launch, narrow, open, wide } from "./lib/browser.js";
import { linchpin, repository, scratch, sites } from "./lib/sites.js";

const { whatIf } = createRequire(import.meta.url)(join(repository, "templates/assets/what-if.js"));
const stacks = { example: "stack.example", sourcegraph: "tests/stacks/sourcegraph" };
const control = (site) => {
  const html = readFileSync(join(site.folder, "map.html"), "utf8");
  return JSON.parse(html.match(/<div class="whatif"[^>]*><script type="application\/json">(.*?)<\/script>/s)[1]);
};

for (const site of sites("example", "sourcegraph")) {
  describe(`${site.name}: the control says what the command says`, () => {
    const data = control(site);
    const parties = [...data.people.map((one) => `person.${one.id}`), ...data.tools.map((one) => `tool.${one.id}`)];
    // Everybody and everything alone, and each with one further on: both kinds, and mixed.
    const sets = parties.flatMap((one, n) => [[one], [one, parties[(n + 5) % parties.length], parties[(n + 11) % parties.length]]]);
    test(`without each of ${sets.length} sets`, () => {
      for (const set of sets) {
        const printed = JSON.parse(linchpin(["what-if", join(repository, stacks[site.name]), "--without", set.join(","), "--format", "json"]));
        const of = (kind) => set.filter((one) => one.startsWith(`${kind}.`)).map((one) => one.slice(kind.length + 1));
        const told = whatIf(data, { people: of("person"), tools: of("tool") });
        const addresses = (things) => things.map((thing) => `${thing.kind}.${thing.id}`).sort();
        assert.deepEqual(addresses(told.stops), printed.stops_now.map((stop) => stop.flow).sort(), `stops without ${set}`);
        assert.deepEqual(addresses(told.stopped), printed.stopped.map((stop) => stop.entity).sort(), `stopped without ${set}`);
        for (const word of ["unmaintained", "recoverable", "covered"]) {
          assert.deepEqual(addresses(told[word]), [...printed[word]].sort(), `${word} without ${set}`);
        }
      }
    });
  });
}

describe("the control", () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  const [example] = sites("example");

  for (const [size, viewport] of Object.entries({ wide, narrow })) {
    test(`greys out what is chosen, by keyboard and by link, ${size}`, async () => {
      const { page, faults, visit, close } = await open(browser, example, { viewport });
      await visit("map.html");
      const data = control(example);
      const person = data.people.find((one) => whatIf(data, { people: [one.id], tools: [] }).unmaintained.some((thing) => thing.kind === "tool"));
      assert.ok(person, "somebody whose departure leaves a tool unmaintained");
      const expected = whatIf(data, { people: [person.id], tools: [] });
      await page.getByLabel("Without", { exact: false }).first().selectOption(`people ${person.id}`);
      const verdict = page.locator(".whatif .verdict");
      assert.match(await verdict.textContent(), new RegExp(`${expected.unmaintained.length} unmaintained`));
      const left = await page.locator("#map .d-box.is-left").evaluateAll((all) => all.map((box) => box.getAttribute("data-box")).sort());
      // Every number of the verdict is that of a list of links, which the verdict leads to.
      const listed = await page.locator(".whatif-lists p").evaluateAll((all) => all.map((p) => p.querySelectorAll("a").length));
      const counts = [expected.stops, expected.stopped, expected.unmaintained, expected.recoverable, expected.covered].map((of) => of.length);
      assert.deepEqual(listed, counts.filter((count) => count > 0));
      assert.equal(await verdict.locator("a").getAttribute("href"), "#what-if");
      assert.deepEqual(left, expected.unmaintained.filter((thing) => thing.kind === "tool").map((thing) => thing.id).sort());
      assert.match(page.url(), new RegExp(`#without=person\\.${person.id}$`));
      assert.deepEqual(await accessibility(page), []);
      assert.deepEqual(await overhang(page), []);
      await page.getByRole("button", { name: `With ${person.name} again` }).press("Enter");
      assert.equal(await verdict.textContent(), "");
      assert.equal(await page.locator("#map .is-left").count(), 0);
      const tool = data.tools[0];
      await page.goto(`${address(example, "map.html")}#without=tool.${tool.id}`);
      await page.reload();
      assert.equal(await page.locator(`#map .d-box.is-gone[data-box="${tool.id}"]`).count(), 1);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("shows no character that turns the direction of writing, and keeps to one name in the window", async () => {
    const folder = scratch();
    const turned = "Ana \u202ekcirt\u2066";
    const stack = `[stack]
name = "Turned"
as-of = 2026-11-20

[person.ana]
name = ${JSON.stringify(turned)}

[tool.crm]
name = ${JSON.stringify(`CRM${turned}`)}
category = "crm"
owner = "ana"
criticality = "critical"

[tool.web]
name = "Web"
category = "cms"

[integration.i]
name = ${JSON.stringify(`Sync ${turned}`)}
from = "web"
to = "crm"
method = "api"
runs-as = "ana"
`;
    writeFileSync(join(folder, "stack.toml"), stack);
    const site = { name: "turned", folder: join(folder, "site") };
    linchpin(["build", folder, "-o", site.folder]);
    const { page, faults, visit, close } = await open(browser, site);
    // What the browser itself has, before any script of the site.
    await page.addInitScript(() => { window.before = Object.getOwnPropertyNames(window); });
    await visit("map.html");
    await page.getByLabel("Without", { exact: false }).first().selectOption("people ana");
    await page.getByRole("button", { name: "With Ana \ufffdkcirt\ufffd again" }).waitFor();
    const said = await page.locator(".whatif, .whatif-lists").evaluateAll((all) =>
      all.flatMap((box) => [box.textContent, ...[...box.querySelectorAll("[aria-label], optgroup")].map((e) => e.getAttribute("aria-label") ?? e.label)]).join("\n"));
    assert.match(said, /Ana \ufffdkcirt\ufffd ✕/);
    assert.match(said, /CRMAna \ufffdkcirt\ufffd/);
    assert.match(said, /Sync Ana \ufffdkcirt\ufffd/);
    assert.doesNotMatch(said, /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
    const added = await page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => name !== "before" && !window.before.includes(name)));
    assert.deepEqual(added.filter((name) => !/^\d+$/.test(name)), ["linchpin"]);
    // The search shows the same names, with the same replacement.
    await page.locator("#q").fill("Ana");
    await page.locator("#results a").first().waitFor();
    assert.doesNotMatch(await page.locator("#results").textContent(), /[\u202e\u2066]/);
    assert.deepEqual(faults, []);
    await close();
  });
});
