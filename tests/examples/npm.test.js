// The npm package: packed, installed, and used with a bundler, without one, without a browser, and by a type checker.

import assert from 'node:assert/strict';
import { copyFile, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { assertClean, BROWSERS, launch, openPage } from '../browser/harness.js';
import { assertLive, DIST, run, serve, stage } from './examples.js';

/** D(P‖Q) of the standard normal and one of twice its width. */
const TRUTH = Math.log(2) + 1 / 8 - 1 / 2;

/** Sets up an example with the packed package installed. */
async function install(name) {
  const folder = await stage(name);
  const packed = await run(folder, 'npm', 'pack', join(DIST, 'npm'), '--silent');
  await rename(join(folder, packed.trim()), join(folder, 'kl-explorer.tgz'));
  // The bundler is the tests' own; npm would ask the registry about it even where it is not to be installed.
  await run(folder, 'npm', 'pkg', 'delete', 'devDependencies');
  await run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund');
  return folder;
}

async function assertMeasured(page) {
  await page.waitForFunction(() => document.getElementById('measured').value);
  const measured = await page.$eval('#measured', (output) => Number(output.value));
  assert.ok(Math.abs(measured - TRUTH) < 1e-14, `${measured} for ${TRUTH}`);
}

describe('npm', { timeout: 600_000 }, () => {
  let bundled;
  let plain;

  before(async () => {
    bundled = await install('vite');
    await run(bundled, 'vite', 'build', '--logLevel', 'warn');
    plain = await install('no-bundler');
  });

  test('the package holds the site, its types, its licences and what its pages link to, and nothing else', async () => {
    const [{ files }] = JSON.parse(await run(plain, 'npm', 'pack', join(DIST, 'npm'), '--dry-run', '--json'));
    const names = files.map(({ path }) => path);
    const needed = ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'index.html', 'package.json', 'www/embed.html', 'www/kl-explorer.d.ts'];
    const more = ['www/kl-scene.d.ts', 'www/kl-scene.js', 'www/pkg/kl_explorer.js', 'www/pkg/kl_explorer_bg.wasm', 'www/scene.css'];
    assert.deepEqual([...needed, ...more].filter((name) => !names.includes(name)), []);
    const linked = [];
    for (const page of names.filter((name) => name.endsWith('.md'))) {
      const prose = (await readFile(join(plain, 'node_modules', 'kl-explorer', page), 'utf8')).replace(/^(`{3,})[^]*?^\1/gm, '');
      for (const [, link] of prose.matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)) linked.push(join(dirname(page), link));
    }
    assert.ok(linked.length > 8, `${linked}`);
    assert.deepEqual(linked.filter((name) => !names.includes(name)), []);
    assert.deepEqual(names.filter((name) => !name.startsWith('www/') && !needed.includes(name) && !linked.includes(name)), []);
  });

  test('everything that it exports is there', async () => {
    const home = join(plain, 'node_modules', 'kl-explorer');
    const { exports } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
    const targets = Object.values(exports).flatMap((target) => (typeof target === 'string' ? target : Object.values(target)));
    assert.ok(targets.length > 4);
    for (const target of targets) assert.ok((await readFile(join(home, target))).length > 0, target);
  });

  test('node draws a picture with it', async () => {
    const svg = await run(plain, process.execPath, 'picture.js');
    assert.match(svg, /^<svg [^>]*>[^]*<\/svg>\s*$/);
    const [, forward] = svg.match(/D\(P‖Q\) is (0\.\d+) nats/);
    const truth = Math.log(2 / 0.8) + 0.8 ** 2 / 8 - 1 / 2;
    assert.ok(Math.abs(Number(forward) - truth) < 0.0005, forward);
  });

  test('a program of the right types is taken, and each line of wrong ones is refused', async () => {
    await copyFile(fileURLToPath(new URL('types.ts', import.meta.url)), join(plain, 'types.ts'));
    for (const resolution of ['nodenext', 'esnext']) {
      const how = ['--module', resolution, '--moduleResolution', resolution === 'esnext' ? 'bundler' : resolution];
      await run(plain, 'tsc', '--noEmit', '--strict', '--target', 'es2022', ...how, 'types.ts');
    }
  });

  for (const name of BROWSERS) {
    describe(name, () => {
      let browser;

      before(async () => {
        browser = await launch(name);
      });

      after(() => browser?.close());

      test('built by Vite', async (t) => {
        const page = await openPage(browser, await serve(t, join(bundled, 'dist')));
        await assertLive(page);
        await assertMeasured(page);
        assert.equal(await page.$eval('kl-scene', (scene) => scene.shadowRoot.textContent.includes('Copy link')), false, 'a link to nowhere');
        await assertClean(page);
      });

      test('from node_modules, without a bundler', async (t) => {
        const page = await openPage(browser, await serve(t, plain));
        await assertLive(page);
        await assertMeasured(page);
        await assertClean(page);
      });

      test('the properties and functions that the types declare are there', async (t) => {
        const page = await openPage(browser, await serve(t, plain));
        const types = (file) => readFile(join(plain, 'node_modules', 'kl-explorer', 'www', file), 'utf8');
        const [, members] = (await types('kl-scene.d.ts')).match(/class KlScene[^{]*\{([^]*?)\n\}/);
        const properties = [...members.matchAll(/^ {2}(?:readonly |get |set )?(\w+)[(:]/gm)].map(([, name]) => name);
        const functions = [...(await types('kl-explorer.d.ts')).matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
        assert.ok(properties.includes('values') && functions.includes('measure'), `${properties} ${functions}`);
        const missing = await page.evaluate(
          async ({ properties, functions }) => {
            const element = document.querySelector('kl-scene');
            await element.ready;
            const core = await import('kl-explorer/core');
            return [...properties.filter((name) => !(name in element)), ...functions.filter((name) => typeof core[name] !== 'function')];
          },
          { properties, functions },
        );
        assert.deepEqual(missing, []);
      });
    });
  }

  test('while developing with Vite', async (t) => {
    const server = await createServer({ root: bundled, configFile: join(bundled, 'vite.config.js'), logLevel: 'warn', server: { port: 0, host: '127.0.0.1' } });
    t.after(() => server.close());
    await server.listen();
    const browser = await launch('chromium');
    t.after(() => browser.close());
    const page = await openPage(browser, `http://127.0.0.1:${server.httpServer.address().port}/`);
    await assertLive(page);
    await assertMeasured(page);
  });
});
