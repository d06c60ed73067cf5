// The HTML of every kind of page of every site is valid.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { ofEachKind, read } from "./lib/pages.js";
import { sites } from "./lib/sites.js";

// the standard preset as it is: nothing is switched off
const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });

async function mistakes(html, path) {
  const { results } = await validator.validateString(html, path);
  return results.flatMap((result) => result.messages.map((m) => `${path}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
}

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
