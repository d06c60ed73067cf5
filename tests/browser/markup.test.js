// The HTML of every kind of page of every site is valid.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mistakes } from "./lib/markup.js";
import { ofEachKind, read } from "./lib/pages.js";
import { sites } from "./lib/sites.js";

for (const site of sites()) {
  describe(site.name, () => {
    for (const path of ofEachKind(site)) {
      test(path, async () => assert.deepEqual(await mistakes(read(site, path), path), []));
    }
  });
}

test("the validator does find mistakes", async () => {
  const found = await mistakes('<!DOCTYPE html>\n<html lang="en"><head><title>t</title></head><body><p id="a"><div id="a">x</p></body></html>\n', "broken.html");
  assert.ok(found.some((line) => line.includes("close-order")) && found.some((line) => line.includes("no-dup-id")), found.join("\n"));
});
