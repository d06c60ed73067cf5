// Reads tags and attributes out of a page. Enough for pages whose HTML another test has found valid.
const tag = /<!--[^]*?-->|<(script|style|title)\b([^>]*)>[^]*?<\/\1>|<([a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g;
const attribute = /([\w:-]+)(?:="([^"]*)")?/g;
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    name ? (entities[name] ?? whole) : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)),
  );
}

/** Every tag of the page: `{ name, attributes }`, in order; the text of scripts is none. */
export function* tags(html) {
  for (const [, raw, rawAttributes, name, attributes] of html.matchAll(tag)) {
    if (raw ?? name) {
      yield { name: (raw ?? name).toLowerCase(), attributes: read(raw ? rawAttributes : attributes) };
    }
  }
}

function read(text) {
  const found = {};
  for (const [, name, value] of text.matchAll(attribute)) {
    found[name.toLowerCase()] = decode(value ?? "");
  }
  return found;
}
