// Pictures of pages: taken, kept small, compared with what is kept.
import { deflateSync, crc32 } from "node:zlib";

/**
 * How far a picture may be from the one that is kept. Both are blurred first, so that a letter that lies a fraction of a
 * pixel elsewhere, or is drawn a little fatter, is the same; then `share` of the pixels may differ by more than `by` of 255.
 */
export const tolerance = { blur: 2, by: 24, share: 0.0005 };

/**
 * Compares two pictures in a page of the browser: how large a share of the pixels differs, and a picture of where. Of two
 * sizes everything differs.
 */
export function compare(page, kept, taken) {
  return page.evaluate(compared, { kept: kept.toString("base64"), taken: taken.toString("base64"), tolerance });
}

// Runs in the browser, which can read pictures and blur them.
async function compared({ kept, taken, tolerance }) {
  const decode = async (data) => createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const [a, b] = await Promise.all([kept, taken].map(decode));
  const width = Math.max(a.width, b.width), height = Math.max(a.height, b.height);
  const draw = (picture, filter) => {
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.filter = filter;
    context.drawImage(picture, 0, 0);
    return context;
  };
  const blurred = (picture) => draw(picture, `blur(${tolerance.blur}px)`).getImageData(0, 0, width, height).data;
  const [x, y] = [blurred(a), blurred(b)];
  const shown = draw(b, "grayscale(1) opacity(.35)"), marks = shown.getImageData(0, 0, width, height);
  let differing = 0;
  for (let at = 0; at < x.length; at += 4) {
    if (Math.max(...[0, 1, 2].map((c) => Math.abs(x[at + c] - y[at + c]))) > tolerance.by) {
      differing += 1;
      marks.data.set([220, 0, 40, 255], at);
    }
  }
  const same = a.width === b.width && a.height === b.height;
  shown.putImageData(marks, 0, 0);
  const bytes = new Uint8Array(await (await shown.canvas.convertToBlob()).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { share: same ? differing / (width * height) : 1, sizes: [a, b].map((p) => `${p.width} × ${p.height}`), picture: btoa(text) };
}

/** The same picture in few bytes: the colours that it has most of, and of the others the nearest of these. */
export async function small(page, png) {
  const { width, height, palette, indices } = await page.evaluate(indexed, png.toString("base64"));
  const rows = Buffer.from(indices, "base64");
  const lines = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) rows.copy(lines, y * (width + 1) + 1, y * width, (y + 1) * width);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const chunks = [["IHDR", header], ["PLTE", Buffer.from(palette.flat())], ["IDAT", deflateSync(lines, { level: 9, memLevel: 9 })], ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks.map(([name, data]) => chunk(name, data))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]), length = Buffer.alloc(4), check = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

// Runs in the browser.
async function indexed(data) {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const channels = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const palette = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 96).map(([pixel]) => channels(pixel));
  const nearest = (pixel) => {
    const [r, g, b] = channels(pixel);
    let best = 0, least = Infinity;
    palette.forEach(([x, y, z], index) => {
      const distance = (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
      if (distance < least) [best, least] = [index, distance];
    });
    return best;
  };
  const index = new Map([...counts.keys()].map((pixel) => [pixel, nearest(pixel)]));
  return { width, height, palette, indices: btoa(Array.from(pixels, (pixel) => String.fromCharCode(index.get(pixel))).join("")) };
}
