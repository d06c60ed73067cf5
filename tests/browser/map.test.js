// What can be done with the integration map: by arrow keys, addresses, filters, fingers, on the whole screen.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { accessibility, overhang } from "./lib/audit.js";
import { address, launch, narrow, open } from "./lib/browser.js";
import { sites } from "./lib/sites.js";

const [site, large] = sites("example", "large");
const map = "#map svg";
let browser, opened, page;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const box = (id) => page.locator(`${map} a.d-box[data-box="${id}"]`);
const focused = () => page.evaluate(() => document.activeElement.getAttribute("data-box"));
const kept = () => page.locator(`${map} [data-box]:not(.is-off)`).evaluateAll((all) => all.map((e) => e.getAttribute("data-box")).sort());
const width = () => page.locator(map).evaluate((e) => e.getBoundingClientRect().width);

describe("wide", () => {
  beforeEach(async () => {
    await opened?.close();
    opened = await open(browser, site);
    page = opened.page;
    await opened.visit("map.html");
  });
  after(async () => {
    assert.deepEqual(opened.faults, []);
    await opened.close();
  });

  test("arrow keys lead from box to box, in the direction that they say, and reach every one", async () => {
    const places = new Map(await page.locator(`${map} a.d-box`).evaluateAll((all) => all.map((e) => {
      const r = e.querySelector("rect").getBoundingClientRect();
      return [e.getAttribute("data-box"), [r.x + r.width / 2, r.y + r.height / 2]];
    })));
    const ways = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] };
    const reached = new Set(["hubspot"]), open = ["hubspot"];
    while (open.length > 0) {
      const here = open.pop();
      for (const [key, [axis, sign]] of Object.entries(ways)) {
        await box(here).focus();
        await page.keyboard.press(key);
        const there = await focused();
        if (there === here) continue;
        assert.ok((places.get(there)[axis] - places.get(here)[axis]) * sign > 0, `${key} leads from ${here} to ${there}`);
        if (!reached.has(there)) open.push(there);
        reached.add(there);
      }
    }
    assert.deepEqual([...places.keys()].filter((id) => !reached.has(id)), []);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.id), "map");
  });

  test("an arrow key prefers a box that a line leads to", async () => {
    await box("chili-piper").focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "salesforce");
  });

  test("an address leads to a tool or an integration", async () => {
    for (const hash of ["#hubspot", "#tool.hubspot"]) {
      await page.goto(address(site, "map.html") + hash);
      assert.ok((await kept()).includes("hubspot"), hash);
      assert.ok((await page.locator(`${map} [data-box].is-off`).count()) > 5, hash);
      const seen = await box("hubspot").evaluate((e) => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; });
      assert.ok(seen, `${hash} is not in sight`);
    }
    const [id, from, to] = await page.locator(`${map} .d-hit`).first().evaluate((e) => [e.getAttribute("data-line").split(" ")[0], e.getAttribute("data-from"), e.getAttribute("data-to")]);
    await page.goto(`${address(site, "map.html")}#integration.${id}`);
    const ends = await kept();
    assert.ok(ends.includes(from) && ends.includes(to) && ends.length <= 3, ends.join());
    await page.goto(`${address(site, "map.html")}#nothing-of-this-name`);
    assert.equal(await page.locator(`${map} .is-off`).count(), 0);
  });

  test("each filter leaves what its words say, of tools and of lines", async () => {
    const names = await page.locator("[data-picture=map] select").evaluateAll((all) => all.map((e) => e.getAttribute("data-by")));
    assert.deepEqual(names, ["area", "method", "owner", "criticality", "personal"]);
    for (const name of ["owner", "criticality", "personal"]) {
      const select = page.locator(`[data-picture=map] select[data-by=${name}]`);
      const values = await select.locator("option").evaluateAll((all) => all.map((e) => e.value).filter(Boolean));
      let tools = 0;
      for (const value of values) {
        await select.selectOption(value);
        const wrong = await page.evaluate(({ map, name, value }) => {
          const says = (e) => (e.getAttribute(`data-${name}`) ?? "").split(" ").includes(value);
          const all = [...document.querySelectorAll(`${map} .d-box, ${map} .d-hit`)];
          const lines = (e) => (e.getAttribute("data-line") ?? "").split(" ").filter(Boolean);
          // An integration through middleware is two lines: it stays whole where one of them is drawn together with one that is kept.
          const kept = new Set(all.filter(says).flatMap(lines));
          return all.filter((e) => (says(e) || lines(e).some((id) => kept.has(id))) === e.classList.contains("is-off")).map((e) => e.outerHTML.slice(0, 90));
        }, { map, name, value });
        assert.deepEqual(wrong, [], `${name}=${value}`);
        tools += (await kept()).length;
      }
      assert.ok(tools > 0, name);
      await select.selectOption("");
    }
    assert.equal(await page.locator(`${map} .is-off`).count(), 0);
    // Two at once: critical lines of one method.
    await page.locator("select[data-by=criticality]").selectOption("critical");
    await page.locator("select[data-by=method]").selectOption("native");
    const left = await page.locator(`${map} .d-hit:not(.is-off)`).evaluateAll((all) => all.map((e) => [e.getAttribute("data-method"), e.getAttribute("data-criticality")].join()));
    assert.ok(left.length > 0 && left.every((words) => words.startsWith("native,") && words.includes("critical")), left.join(" "));
  });

  test("the map fills the screen and comes back, with its filters", async () => {
    const before = await width();
    const button = page.locator("[data-picture=map] [data-zoom=full]");
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.fullscreenElement?.tagName === "FIGURE");
    assert.ok((await width()) > before, "it is no larger");
    assert.equal(await button.textContent(), "Leave full screen");
    assert.ok(await page.locator("select[data-by=owner]").isVisible());
    assert.deepEqual(await accessibility(page), []);
    await button.press("Enter");
    await page.waitForFunction(() => !document.fullscreenElement);
    assert.equal(await width(), before);
    assert.equal(await button.textContent(), "Full screen");
  });

  test("the wheel zooms with ctrl and scrolls without", async () => {
    const before = await width();
    await page.locator(map).hover();
    await page.mouse.wheel(0, -120);
    assert.equal(await width(), before);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -120);
    await page.keyboard.up("Control");
    await page.waitForFunction(([map, before]) => document.querySelector(map).getBoundingClientRect().width > before, [map, before]);
  });
});

describe("narrow", () => {
  test("two fingers zoom the map, and the page stays as wide as the phone", async () => {
    opened = await open(browser, site, { viewport: narrow, hasTouch: true });
    page = opened.page;
    await opened.visit("map.html");
    await page.locator("#map").scrollIntoViewIfNeeded();
    const before = await width();
    const { x, y } = await page.locator("#map").boundingBox();
    const client = await page.context().newCDPSession(page);
    const touch = (type, apart) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: x + 150 - apart, y: y + 60, id: 1 }, { x: x + 150 + apart, y: y + 60, id: 2 }] });
    await touch("touchStart", 30);
    for (const apart of [40, 60, 80, 90]) await touch("touchMove", apart);
    await touch("touchEnd", 0);
    assert.ok((await width()) > before * 1.5, `${before} px became ${await width()}`);
    assert.deepEqual(await overhang(page), []);
    assert.deepEqual(opened.faults, []);
    await opened.close();
  });
});

describe("a map that is too large for one picture", () => {
  const at = () => new URL(page.url()).pathname.slice(large.folder.length) + new URL(page.url()).hash;
  const inSight = (locator) => locator.evaluate((e) => { const r = e.getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0; });
  beforeEach(async () => {
    await opened?.close();
    opened = await open(browser, large);
    page = opened.page;
  });
  after(async () => {
    assert.deepEqual(opened.faults, []);
    await opened.close();
  });

  test("its overview leads to a page for each area, and there from area to area", async () => {
    await opened.visit("map.html");
    assert.equal(await page.locator(`${map} a.d-box`).count(), 8);
    await page.locator(`${map} a.d-box[data-box=sales]`).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/map\/sales\.html$/);
    assert.equal(await page.locator(".crumbs").innerText().then((text) => text.replace(/\s+/g, " ")), "Summary Map CRM and sales");
    assert.equal(await page.locator(`${map} .d-box:not([data-tools])`).count(), 9);
    await page.locator(`${map} a.d-box[data-tools][data-area=data]`).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/map\/data\.html$/);
    await page.locator(".crumbs a", { hasText: "Map" }).click();
    await page.waitForURL(/map\.html$/);
  });

  test("an address on the map leads to the area that draws a tool or an integration", async () => {
    for (const hash of ["tool.t12", "t12"]) {
      await page.goto(`${address(large, "map.html")}#${hash}`);
      await page.waitForURL(/map\/sales\.html#tool\.t12$/);
      await page.waitForFunction((map) => document.querySelectorAll(`${map} .is-off`).length > 0, map);
      assert.ok((await kept()).includes("t12"));
      assert.ok(await inSight(box("t12")), "not in sight");
    }
    await page.goto(`${address(large, "map.html")}#integration.t12-t05`);
    await page.waitForURL(/map\/sales\.html#integration\.t12-t05$/);
    await page.waitForFunction((map) => document.querySelectorAll(`${map} .is-off`).length > 0, map);
    assert.ok((await kept()).includes("t12"));
    await page.goto(`${address(large, "map.html")}#tools`);
    assert.equal(at(), "/map.html#tools");
  });

  test("without scripts such an address leads to a link there", async () => {
    const plain = await open(browser, large, { javaScriptEnabled: false });
    await plain.page.goto(`${address(large, "map.html")}#tool.t12`);
    const row = plain.page.locator('[id="tool.t12"]');
    await row.scrollIntoViewIfNeeded();
    await row.locator("a").first().click();
    assert.match(plain.page.url(), /map\/sales\.html#tool\.t12$/);
    assert.equal(await plain.page.locator(`${map} a.d-box:target`).getAttribute("data-box"), "t12");
    assert.deepEqual(plain.faults, []);
    await plain.close();
  });

  test("filters, neighbours and arrow keys work on the page of an area", async () => {
    await opened.visit("map/sales.html");
    const own = await page.locator(`${map} .d-box:not([data-tools])`).count();
    await page.locator("select[data-by=method]").selectOption("tag");
    const lines = await page.locator(`${map} .d-hit:not(.is-off)`).evaluateAll((all) => all.map((e) => ["data-method", "data-from", "data-to", "data-line"].map((name) => e.getAttribute(name))));
    const says = lines.filter(([methods]) => methods.split(" ").includes("tag"));
    // An integration in both directions is two lines here, and stays whole.
    const whole = new Set(says.flatMap(([, , , ids]) => ids.split(" ")));
    assert.ok(says.length > 0 && lines.every(([, , , ids]) => ids.split(" ").some((id) => whole.has(id))), JSON.stringify(lines));
    const ends = new Set(lines.flatMap(([, from, to]) => [from, to]));
    assert.deepEqual(await kept(), [...ends].sort(), "the boxes of other areas stay where a line does");
    assert.match(await page.locator("[data-picture=map] [role=status]").textContent(), new RegExp(`of ${own} tools`));
    await page.locator("select[data-by=method]").selectOption("");
    await page.locator("select[data-by=owner]").selectOption("ben");
    assert.ok((await kept()).some((id) => id.startsWith("area.")), "a line of Ben's leads to another area");
    await page.locator("select[data-by=owner]").selectOption("");
    await box("t04").focus();
    assert.ok((await page.locator(`${map} .d-box.is-off`).count()) > 0);
    const seen = new Set();
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      await box("t04").focus();
      await page.keyboard.press(key);
      seen.add(await focused());
    }
    assert.ok(seen.size > 1, [...seen].join());
    const before = await width();
    await page.locator("[data-picture=map] [data-zoom=in]").click();
    assert.ok((await width()) > before);
    await page.locator("[data-picture=map] [data-zoom=full]").click();
    await page.waitForFunction(() => document.fullscreenElement?.tagName === "FIGURE");
  });

  test("the control tells on every page of an area what stops", async () => {
    await opened.visit("map/sales.html");
    await page.locator(".whatif select").selectOption("tools t04");
    assert.match(await page.locator(".whatif .verdict").textContent(), /[1-9]\d* other things stop/);
    assert.equal(await page.locator(`${map} .d-box.is-gone`).count(), 1);
    assert.ok((await page.locator(`${map} .d-hit.is-gone`).count()) > 0);
    assert.equal(await page.locator(".whatif-lists a").first().evaluate((e) => e.href.startsWith(new URL("../", location.href).href)), true);
    await page.goto(`${address(large, "map/web.html")}#without=tool.t05`);
    assert.match(await page.locator(".whatif .verdict").textContent(), /stop/);
  });
});
