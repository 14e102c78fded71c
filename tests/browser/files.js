// Files that a page saves: real downloads, and a reader of PNG.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { launch } from './harness.js';

/** Frames of the page to wait for a file. */
const PATIENCE = 1000;

/** A browser that saves into a folder of its own: {browser, saved, folder, close}; with further preferences of Firefox. */
export async function launchSaving(name, more = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'kl-saved-'));
  const prefs = {
    ...more,
    'browser.download.folderList': 2,
    'browser.download.dir': folder,
    'browser.download.useDownloadDir': true,
    // Its list of downloads would take the focus, without which nothing may fill the screen.
    'browser.download.alwaysOpenPanel': false,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.download.start_downloads_in_tmp_dir': false,
  };
  const browser = await launch(name, { prefs });
  if (name === 'chromium') {
    const session = await (await browser.process({})).target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  }
  /** The file of that name, once it is whole. */
  const saved = async (page, file) => {
    for (let frames = 0; frames < PATIENCE; frames += 1) {
      const names = await readdir(folder);
      if (names.includes(file) && !names.some((one) => /\.(part|crdownload)$/.test(one))) {
        const content = await readFile(join(folder, file));
        if (content.length) {
          await rm(join(folder, file));
          return content;
        }
      }
      // The browser's own tasks go on meanwhile.
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    throw new Error(`${file} was not saved; there are ${await readdir(folder)}`);
  };
  const close = async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  };
  return { browser, saved, folder, close };
}

/** The parts of a PNG file: size, pixels to the metre, and words by keyword; every checksum is held against its chunk. */
export function readPng(file) {
  assert.equal(file.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const found = { words: {}, chunks: [] };
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    const [type, data] = [body.subarray(0, 4).toString('latin1'), body.subarray(4)];
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(body), `${type} is damaged`);
    found.chunks.push(type);
    if (type === 'IHDR') Object.assign(found, { width: data.readUInt32BE(0), height: data.readUInt32BE(4) });
    if (type === 'pHYs') found.perMetre = data.readUInt32BE(0);
    if (type === 'iTXt') {
      const end = data.indexOf(0);
      // Not compressed, no language, no translated keyword.
      assert.deepEqual([...data.subarray(end, end + 5)], [0, 0, 0, 0, 0]);
      found.words[data.subarray(0, end).toString('latin1')] = data.subarray(end + 5).toString('utf8');
    }
    at += 12 + length;
  }
  assert.equal(found.chunks[0], 'IHDR');
  assert.equal(found.chunks.at(-1), 'IEND');
  return found;
}

/** A CSV file (RFC 4180) with comments above it: {comments, rows}, the rows as lists of fields. */
export function readCsv(text) {
  const lines = text.split('\r\n');
  assert.equal(lines.pop(), '');
  const first = lines.findIndex((line) => !line.startsWith('# '));
  const fields = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  return { comments: lines.slice(0, first).map((line) => line.slice(2)), rows: lines.slice(first).map(fields) };
}
