// Judges the licence of every crate: licences.mjs METADATA DENY, the output of `cargo metadata` and deny.toml.
import { readFileSync } from "node:fs";

const [metadata, deny] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const { packages } = JSON.parse(metadata);
const { allowed, exceptions } = policy(deny);
const used = new Set();

const faults = packages.flatMap(({ name, version, license }) => {
  const extra = exceptions.filter((exception) => exception.crate === name).flatMap((exception) => exception.allow);
  if (!license) return [`${name} ${version} states no licence`];
  return meets(license, (id) => note(allowed.includes(id), id) || note(extra.includes(id), `${name}: ${id}`)) ? [] : [`${name} ${version}: ${license} is not allowed`];
});
const idle = [...allowed, ...exceptions.flatMap(({ crate, allow }) => allow.map((id) => `${crate}: ${id}`))].filter((id) => !used.has(id));
faults.push(...idle.map((id) => `${id} is allowed in deny.toml and needed by nothing`));

if (packages.length < 50) faults.push(`only ${packages.length} crates in the metadata`);
for (const fault of faults) console.error(fault);
console.log(`${packages.length} crates, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

function note(allowed, id) {
  if (allowed) used.add(id);
  return allowed;
}

/** `allow` and `exceptions` of the table `[licenses]`. */
function policy(text) {
  const table = text.replace(/#.*$/gm, "").split(/^\[/m).find((part) => part.startsWith("licenses]"));
  if (!table) throw new Error("deny.toml has no [licenses]");
  const words = (list) => [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
  const exceptions = [...table.matchAll(/\{\s*allow\s*=\s*\[([^\]]*)\],\s*crate\s*=\s*"([^"]+)"\s*\}/g)];
  return {
    allowed: words(/^allow\s*=\s*\[([^\]]*)\]/m.exec(table)?.[1] ?? ""),
    exceptions: exceptions.map(([, allow, crate]) => ({ allow: words(allow), crate })),
  };
}

/** Whether an SPDX expression can be met by what `may` accepts. `AND` binds closer than `OR`; `/` is an old `OR`. */
function meets(expression, may) {
  const tokens = expression.replaceAll("/", " OR ").match(/[()]|[^\s()]+/g);
  const either = () => {
    let met = both();
    while (tokens[0] === "OR") {
      tokens.shift();
      const other = both();
      met ||= other;
    }
    return met;
  };
  const both = () => {
    let met = one();
    while (tokens[0] === "AND") {
      tokens.shift();
      const other = one();
      met &&= other;
    }
    return met;
  };
  const one = () => {
    if (tokens[0] === "(") {
      tokens.shift();
      const met = either();
      tokens.shift();
      return met;
    }
    const id = tokens.shift();
    return may(tokens[0] === "WITH" ? [id, ...tokens.splice(0, 2)].join(" ") : id);
  };
  return either();
}
