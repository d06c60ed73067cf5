// The script of the pages of routings and scorings, and the data that it reads there.
import { createRequire } from "node:module";
import { join } from "node:path";
import { read } from "./pages.js";
import { repository } from "./sites.js";

/** The part of the script that needs no page. */
export function script() {
  return createRequire(import.meta.url)(join(repository, "templates/assets/routing.js")).routing;
}

/** The rules that a page carries, each routing with its fields. */
export function logic(site, path) {
  const [, json] = /<script type="application\/json">([^]*?)<\/script>/.exec(read(site, path));
  const data = JSON.parse(json);
  for (const routing of Object.values(data.routings)) routing.fields ??= data.fields;
  return data;
}

/** A record as conditions compare it: a value for each field. */
export function records(fields, record) {
  const { value } = script();
  return fields.map(({ name }) => (name in record ? value(record[name]) : null));
}
