// Every kind of page of every site, in the browser: light and dark, wide and narrow, with and without scripts.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { accessibility, controls, overhang, spilledWords, words } from "./lib/audit.js";
import { launch, narrow, open, wide } from "./lib/browser.js";
import { ofEachKind } from "./lib/pages.js";
import { sites } from "./lib/sites.js";

const looks = [
  { name: "light, wide", options: { viewport: wide, colorScheme: "light" } },
  { name: "dark, wide", options: { viewport: wide, colorScheme: "dark" } },
  { name: "light, narrow", options: { viewport: narrow, colorScheme: "light" } },
  { name: "dark, narrow", options: { viewport: narrow, colorScheme: "dark" } },
];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const site of sites()) {
  const paths = ofEachKind(site);

  for (const look of looks) {
    describe(`${site.name}, ${look.name}`, () => {
      let opened;
      before(async () => {
        opened = await open(browser, site, look.options);
      });
      after(() => opened.close());

      for (const path of paths) {
        test(path, async () => {
          opened.faults.length = 0;
          await opened.visit(path);
          assert.deepEqual(await overhang(opened.page), [], "scrolls sideways");
          assert.deepEqual(await spilledWords(opened.page), [], "words of a picture");
          assert.deepEqual(await accessibility(opened.page), [], "accessibility");
          assert.deepEqual(opened.faults, []);
        });
      }
    });
  }

  describe(`${site.name}, without scripts`, () => {
    let plain, scripted;
    before(async () => {
      plain = await open(browser, site, { javaScriptEnabled: false });
      scripted = await open(browser, site);
    });
    after(() => Promise.all([plain.close(), scripted.close()]));

    for (const path of paths) {
      test(path, async () => {
        plain.faults.length = 0;
        await Promise.all([plain.visit(path), scripted.visit(path)]);
        assert.deepEqual(await controls(plain.page), [], "a control that does nothing");
        const [bare, full] = await Promise.all([words(plain.page), words(scripted.page)]);
        assert.ok(bare.length > 0, "the page is empty");
        assert.equal(bare, full, "the words differ with scripts");
        assert.deepEqual(plain.faults, []);
      });
    }
  });
}
