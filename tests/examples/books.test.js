// Pages, books and slides: each example is built by its tool, and shows a live scene. Quarto itself is in none of the
// registries; its renderer, Pandoc, makes the same pages of the same sources.

import assert from 'node:assert/strict';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from '../browser/harness.js';
import { assertLive, assertPolite, openFramed, run, serve, stage, TOOLS } from './examples.js';

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('books', { timeout: 600_000 }, () => {
  /** The folders that hold what the tools made, and the page to open in each. */
  const made = {};

  before(async () => {
    const quarto = await stage('quarto', { site: 'kl-explorer' });
    const pandoc = (await run(quarto, 'python', '-c', 'import pypandoc; print(pypandoc.get_pandoc_path())')).trim();
    await run(quarto, pandoc, '--standalone', 'page.qmd', '--output', 'page.html');
    await cp(join(TOOLS, 'reveal.js'), join(quarto, 'reveal.js'), { recursive: true });
    await run(quarto, pandoc, '--standalone', '--to', 'revealjs', '--variable', 'revealjs-url=reveal.js', 'slides.qmd', '--output', 'slides.html');
    made['Quarto page'] = [quarto, 'page.html'];
    made['Quarto slides'] = [quarto, 'slides.html#/make-q-wider-than-p'];

    const mkdocs = await stage('mkdocs', { site: 'docs/kl-explorer' });
    await run(mkdocs, 'mkdocs', 'build', '--strict', '--quiet');
    made.MkDocs = [join(mkdocs, 'site'), ''];

    const book = await stage('jupyter-book', { site: '_static/kl-explorer' });
    await writeFile(join(book, 'two-bells.png'), PIXEL);
    await run(book, 'jupyter-book', 'build', '.', '--quiet', '--warningiserror');
    made['Jupyter Book'] = [join(book, '_build/html'), 'index.html'];
  });

  for (const name of BROWSERS) {
    describe(name, () => {
      let browser;

      before(async () => {
        browser = await launch(name);
      });

      after(() => browser?.close());

      for (const tool of ['Quarto page', 'Quarto slides', 'MkDocs', 'Jupyter Book']) {
        test(`${tool}: the scene lives`, async (t) => {
          const [folder, path] = made[tool];
          const { page, frame, element } = await openFramed(browser, (await serve(t, folder)) + path);
          await assertPolite(element);
          await assertLive(page, frame);
        });
      }
    });
  }

  test('Jupyter Book puts the picture into the book for paper, and only there', async () => {
    const [built, page] = made['Jupyter Book'];
    assert.doesNotMatch(await readFile(join(built, page), 'utf8'), /<img[^>]*two-bells/);
    const folder = join(built, '../..');
    await run(folder, 'jupyter-book', 'build', '.', '--builder', 'latex', '--quiet', '--warningiserror');
    const latex = await readFile(join(folder, '_build/latex/course.tex'), 'utf8');
    assert.match(latex, /includegraphics.*two-bells/);
    assert.doesNotMatch(latex, /iframe|kl-explorer/);
  });

  describe('MyST', () => {
    let folder;

    before(async () => {
      folder = await stage('myst', { site: 'kl-explorer' });
      await writeFile(join(folder, 'two-bells.svg'), PICTURE);
      // The tool fetches its themes from a server of its own, and these tests do without: the words go to an empty theme.
      await writeFile(join(folder, 'template.yml'), 'myst: v1\nkind: site\ntitle: Empty\n');
      await change(join(folder, 'myst.yml'), 'template: book-theme', 'template: .');
      await change(join(folder, 'index.md'), /template: lapreprint-typst\n( +)output: divergence.pdf/, 'template: null\n$1output: out/divergence.typ');
    });

    test('the frame that a theme is given shows a live scene', async (t) => {
      await run(folder, 'myst', 'build', '--site');
      const { mdast } = JSON.parse(await readFile(join(folder, '_build/site/content/index.json'), 'utf8'));
      const [{ src, title, width }] = found(mdast, 'iframe');
      assert.match(title, /^KL Explorer: /);
      const theme = `<!doctype html><title>A theme</title><h1>Divergence</h1><iframe src="${src.replaceAll('&', '&amp;')}" title="${title}" width="${width}" height="600">`;
      for (const name of BROWSERS) {
        const browser = await launch(name);
        t.after(() => browser.close());
        const { page, frame } = await openFramed(browser, await serve(t, folder, { '/index.html': theme }));
        await assertLive(page, frame);
        await assertClean(page);
      }
    });

    test('paper gets the picture instead', async () => {
      await run(folder, 'myst', 'build', '--typst');
      const typst = await readFile(join(folder, 'out/divergence.typ'), 'utf8');
      const [, picture] = typst.match(/image\("files\/(two-bells[^"]*\.svg)"/);
      assert.ok((await readdir(join(folder, 'out/files'))).includes(picture));
      assert.doesNotMatch(typst, /embed\.html/);
    });
  });
});

/** Replaces what must be there. */
async function change(file, from, to) {
  const text = await readFile(file, 'utf8');
  const changed = text.replace(from, to);
  assert.notEqual(changed, text, `${from} in ${file}`);
  await writeFile(file, changed);
}

/** Every node of a type in a tree. */
function found(node, type) {
  const below = (node.children ?? []).flatMap((child) => found(child, type));
  return node.type === type ? [node, ...below] : below;
}
