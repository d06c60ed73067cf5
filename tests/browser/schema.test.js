// The schema that editors use, judged by a program that is not linchpin: Taplo.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { before, test } from "node:test";
import { linchpin, repository, scratch } from "./lib/sites.js";

const taplo = join(createRequire(import.meta.url).resolve("@taplo/cli/package.json"), "../dist/cli.js");
const example = join(repository, "stack.example");
let folder;
before(() => {
  folder = join(scratch(), "stack");
  cpSync(example, folder, { recursive: true });
  writeFileSync(join(folder, "stack.schema.json"), linchpin(["schema"]));
});

/** Runs Taplo over every file of the copy; its own words come back. */
function lint(...options) {
  const files = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".toml") && !path.endsWith(".taplo.toml"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [taplo, "lint", ...options, ...files], { cwd: folder, encoding: "utf8" });
  return { status, said: stdout + stderr, files };
}

const schema = () => ["--no-auto-config", "--schema", pathToFileURL(join(folder, "stack.schema.json")).href];

test("every file of the example fits the schema", () => {
  const { status, said, files } = lint(...schema());
  assert.ok(files.length > 30, `only ${files.length} files`);
  assert.equal(status, 0, said);
});

test("a typo in a key is caught", () => {
  misspell("tools/salesforce.toml", 'category = "crm"', 'catgory = "crm"', schema());
});

test("a word that is no choice is caught", () => {
  misspell("tools/salesforce.toml", 'category = "crm"', 'category = "crmm"', schema());
});

test("the settings for editors find the schema by themselves", () => {
  assert.equal(lint().status, 0, lint().said);
  misspell("tools/salesforce.toml", 'category = "crm"', 'catgory = "crm"', []);
});

test("the schema beside the example is what linchpin schema prints", () => {
  assert.ok(readFileSync(join(example, "stack.schema.json"), "utf8") === linchpin(["schema"]), "write it anew: linchpin schema > stack.example/stack.schema.json");
});

function misspell(path, right, wrong, options) {
  const file = join(folder, path);
  const text = readFileSync(file, "utf8");
  assert.ok(text.includes(right), `${path} does not say ${right}`);
  try {
    writeFileSync(file, text.replace(right, wrong));
    const { status, said } = lint(...options);
    assert.notEqual(status, 0, "Taplo found nothing");
    assert.ok(said.includes(path.split("/").at(-1)), said);
  } finally {
    writeFileSync(file, text);
  }
}
