// Words and a size inside a PNG file: https://www.w3.org/TR/png-3/.

/** Signature, and the header's chunk. */
const HEAD = 8 + 25;
const PER_METRE = 96 / 0.0254;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/** The file with words by keyword (Title, Description, …), and with `ratio` pixels to the CSS pixel. */
export function described(file, words, ratio) {
  const density = new DataView(new ArrayBuffer(9));
  density.setUint32(0, Math.round(ratio * PER_METRE));
  density.setUint32(4, Math.round(ratio * PER_METRE));
  density.setUint8(8, 1);
  const texts = Object.entries(words).map(([keyword, text]) => chunk('iTXt', international(keyword, text)));
  return joined([file.subarray(0, HEAD), chunk('pHYs', new Uint8Array(density.buffer)), ...texts, file.subarray(HEAD)]);
}

/** Keyword, no compression, no language, no translated keyword, UTF-8. */
function international(keyword, text) {
  return new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`);
}

function chunk(type, data) {
  const body = joined([new TextEncoder().encode(type), data]);
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, data.length);
  ends.setUint32(4, checksum(body));
  return joined([new Uint8Array(ends.buffer, 0, 4), body, new Uint8Array(ends.buffer, 4, 4)]);
}

/** CRC-32. */
function checksum(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = TABLE[(rest ^ byte) & 255] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
