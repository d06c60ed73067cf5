// Reads what Chromium prints: how many runs of text each sheet sets.
import { inflateSync } from "node:zlib";

/** The number of runs of text on each sheet, in the order of the sheets. */
export function runsOnSheets(pdf) {
  const text = pdf.toString("latin1");
  const objects = new Map([...text.matchAll(/\b(\d+) 0 obj\b([^]*?)\bendobj\b/g)].map(([, number, body]) => [number, body]));
  // the tree of pages is read, because objects stand in no order
  const kids = (number) => {
    const body = objects.get(number);
    const list = body.match(/\/Kids \[([^\]]*)\]/);
    return list ? [...list[1].matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => kids(kid)) : [body];
  };
  const root = objects.get(text.match(/\/Root (\d+) 0 R/)[1]).match(/\/Pages (\d+) 0 R/)[1];
  return kids(root).map((page) => {
    const contents = objects.get(page.match(/\/Contents (\d+) 0 R/)[1]);
    return (unpacked(contents).match(/\bT[jJ]\b/g) ?? []).length;
  });
}

function unpacked(object) {
  const length = Number(object.match(/\/Length (\d+)/)[1]);
  const start = object.match(/\bstream\r?\n/);
  const from = start.index + start[0].length;
  const bytes = object.slice(from, from + length);
  // a sheet that shows next to nothing is not packed
  return object.slice(0, from).includes("/FlateDecode") ? inflateSync(Buffer.from(bytes, "latin1")).toString("latin1") : bytes;
}

/** The size of every sheet in points, rounded. */
export function sheetSizes(pdf) {
  return [...pdf.toString("latin1").matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [width, height].map(Math.round));
}
