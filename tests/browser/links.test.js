// Every page of every site, read as a file: links and anchors, ids, the policy, sizes.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, test } from "node:test";
import { tags } from "./lib/html.js";
import { files, pages, read, size } from "./lib/pages.js";
import { sites } from "./lib/sites.js";

const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";
/** What another page may be, beside the site's own: nothing that a browser would run. */
const schemes = ["http:", "https:", "mailto:", "tel:"];

for (const site of sites()) {
  const all = new Map(pages(site).map((path) => [path, [...tags(read(site, path))]]));
  const ids = new Map([...all].map(([path, found]) => [path, found.flatMap((tag) => tag.attributes.id ?? [])]));

  describe(site.name, () => {
    test("links and anchors resolve", () => {
      const broken = [...all].flatMap(([path, found]) => found.flatMap((tag) => references(tag).flatMap((href) => fault(site, ids, path, href))));
      assert.deepEqual(broken, []);
    });

    test("labels and descriptions name ids of their page", () => {
      const named = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
      const broken = [...all].flatMap(([path, found]) =>
        found.flatMap((tag) =>
          named.flatMap((name) => (tag.attributes[name] ?? "").split(" ").filter((id) => id && !ids.get(path).includes(id)).map((id) => `${path}: ${name}="${id}"`)),
        ),
      );
      assert.deepEqual(broken, []);
    });

    test("ids are unique on their page", () => {
      const twice = [...ids].flatMap(([path, list]) => list.filter((id, at) => list.indexOf(id) !== at).map((id) => `${path}#${id}`));
      assert.deepEqual(twice, []);
    });

    test("every page carries the same policy, before anything is loaded", () => {
      for (const [path, found] of all) {
        const metas = found.filter((tag) => tag.attributes["http-equiv"] === "Content-Security-Policy");
        assert.deepEqual(metas.map((tag) => tag.attributes.content), [policy], path);
        assert.ok(found.indexOf(metas[0]) < found.findIndex((tag) => ["link", "script", "img"].includes(tag.name)), `${path}: too late`);
      }
    });

    test("nothing on a page needs what the policy forbids", () => {
      const refused = [...all].flatMap(([path, found]) =>
        found.flatMap((tag) => [
          ...Object.keys(tag.attributes).filter((name) => name === "style" || name.startsWith("on")).map((name) => `${path}: <${tag.name} ${name}>`),
          ...(tag.name === "style" || (tag.name === "script" && !tag.attributes.src && tag.attributes.type !== "application/json") ? [`${path}: <${tag.name}>`] : []),
        ]),
      );
      assert.deepEqual(refused, []);
    });

    test("every page can be reached from the summary", () => {
      const seen = new Set(["index.html"]);
      for (const path of seen) {
        for (const target of all.get(path).flatMap(references).flatMap((href) => local(path, href)?.path ?? [])) {
          if (all.has(target)) seen.add(target);
        }
      }
      assert.deepEqual([...all.keys()].filter((path) => !seen.has(path)), []);
    });

    test("the site is the files that are known, and none of them is empty", () => {
      const unknown = files(site.folder).filter((path) => !/(\.html|^search\.js|^what-if\.js|^assets\/[\w.-]+|^data\/[\w-]+\.(json|csv)|^\.linchpin[\w.-]*)$/.test(path));
      assert.deepEqual(unknown, []);
      assert.deepEqual(files(site.folder).filter((path) => size(site, path) === 0 && !path.startsWith("assets/page.css")), []);
    });
  });
}

test("a page of the example stays under 150 kB, and its site under 5 MB", () => {
  const [example] = sites("example");
  const heavy = pages(example).filter((path) => size(example, path) >= 150_000);
  assert.deepEqual(heavy.map((path) => `${path}: ${size(example, path)} bytes`), []);
  assert.ok(files(example.folder).reduce((sum, path) => sum + size(example, path), 0) < 5_000_000);
});

/** The addresses that a tag leads to or loads. */
function references({ name, attributes }) {
  return [attributes.href, attributes.src, attributes["xlink:href"], name === "form" ? attributes.action : undefined].filter((value) => value !== undefined);
}

/** A reference within the site: the path of the file and the anchor; nothing if it leads elsewhere. */
function local(from, href) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith("//")) return undefined;
  const [path, anchor] = href.split("#");
  return { path: path === "" ? from : posix.normalize(posix.join(posix.dirname(from), decodeURIComponent(path))), anchor: decodeURIComponent(anchor ?? "") };
}

function fault(site, ids, from, href) {
  const target = local(from, href);
  if (!target) return schemes.some((scheme) => href.startsWith(scheme)) ? [] : [`${from}: ${href} leads out of the site by an unknown scheme`];
  if (href.startsWith("/") || target.path.startsWith("..")) return [`${from}: ${href} leaves the site`];
  if (!existsSync(join(site.folder, target.path))) return [`${from}: ${href} leads to no file`];
  if (target.anchor && !ids.get(target.path)?.includes(target.anchor)) return [`${from}: ${href} leads to no id`];
  return [];
}
