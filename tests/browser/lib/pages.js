// The pages of a site, and which of them stand for the rest.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** All files below a folder, with `/`, sorted. */
export function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

export function pages(site) {
  return files(site.folder).filter((path) => path.endsWith(".html"));
}

export function read(site, path) {
  return readFileSync(join(site.folder, path), "utf8");
}

export function size(site, path) {
  return statSync(join(site.folder, path)).size;
}

/** The kind of a page: its own path for a page that exists once, the folder for an entity or a rule. */
export function kindOf(path) {
  return path.includes("/") && !path.endsWith("/index.html") ? path.slice(0, path.indexOf("/")) : path;
}

/** The largest and the smallest page of every kind: the fullest and the one with the most gaps. */
export function ofEachKind(site) {
  const kinds = new Map();
  for (const path of pages(site)) {
    kinds.set(kindOf(path), [...(kinds.get(kindOf(path)) ?? []), path]);
  }
  return [...kinds.values()].flatMap((paths) => {
    const bySize = paths.toSorted((a, b) => size(site, a) - size(site, b));
    return bySize.length > 1 ? [bySize.at(-1), bySize[0]] : bySize;
  });
}
