// Everywhere a teacher may put the explorer, a reader sees it live, or sees the words, still pictures and a sentence
// that says what is missing. What a reader may do there is in liberties.test.js.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, faults, launch, openPage } from './harness.js';
import {
  around,
  at,
  closePlaces,
  disk,
  framed,
  inData,
  inSrcdoc,
  inSrcdocWithBase,
  NO_SCRIPT,
  NO_WASM,
  openPlace,
  openPlaces,
  SAME,
  SANDBOX,
  SCENE,
  seesLive,
  still,
} from './places.js';

const SINGLE = 'kl-explorer.html';
const ONE = 'embed/two-bells.html';

const PLACES = [
  ['A the lesson, at the top of a window', { page: at('plain', '') }, seesLive],
  ['A a scene, at the top of a window', { page: at('plain', SCENE) }, seesLive],
  ['A the lesson in one file', { page: at('plain', SINGLE) }, seesLive],
  ['A a scene in one file', { page: at('plain', ONE) }, seesLive],
  ['A a host with CORS headers', { page: at('cors', SCENE) }, seesLive],
  ['A a host with a wrong type for wasm', { page: at('wrong-types', SCENE) }, seesLive],
  ['B the lesson in a frame of another origin', { html: framed('plain', '') }, seesLive],
  ['B a scene in a frame of another origin', { html: framed('plain', SCENE) }, seesLive],
  ['B the lesson in one file', { html: framed('plain', SINGLE) }, seesLive],
  ['B a scene in one file', { html: framed('plain', ONE) }, seesLive],
  ['B the lesson in one file, by srcdoc', { html: inSrcdoc('lesson') }, seesLive],
  ['B a scene in one file, by srcdoc', { html: inSrcdoc('scene') }, seesLive],
  ['B the lesson in one file, by a data URL', { html: inData('lesson') }, seesLive],
  ['B a scene in one file, by a data URL', { html: inData('scene') }, seesLive],
  ['B a host with CORS headers', { html: framed('cors', SCENE) }, seesLive],
  ['B a host with a wrong type for wasm', { html: framed('wrong-types', SCENE) }, seesLive],
  ['C the lesson in a sandbox, the host sends CORS headers', { html: framed('cors', '', SANDBOX) }, seesLive],
  ['C a scene in a sandbox, the host sends CORS headers', { html: framed('cors', SCENE, SANDBOX) }, seesLive],
  ['C the lesson in a sandbox, no CORS headers', { html: framed('plain', '', SANDBOX) }, still(NO_SCRIPT)],
  ['C a scene in a sandbox, no CORS headers', { html: framed('plain', SCENE, SANDBOX) }, still(NO_SCRIPT, null)],
  ['C a host with CORS headers and a wrong type for wasm', { html: framed('cors+wrong-types', SCENE, SANDBOX) }, seesLive],
  ['C the lesson in one file in a sandbox', { html: framed('plain', SINGLE, SANDBOX) }, seesLive],
  ['C a scene in one file in a sandbox', { html: framed('plain', ONE, SANDBOX) }, seesLive],
  ['C the lesson in one file in a sandbox, by srcdoc', { html: inSrcdoc('lesson', SANDBOX) }, seesLive],
  ['C a scene in one file in a sandbox, by srcdoc', { html: inSrcdoc('scene', SANDBOX) }, seesLive],
  ['C the lesson in one file in a sandbox, by a data URL', { html: inData('lesson', SANDBOX) }, seesLive],
  ['C a scene in one file in a sandbox, by a data URL', { html: inData('scene', SANDBOX) }, seesLive],
  ['C the lesson in a sandbox by srcdoc, the host sends CORS headers', { html: inSrcdocWithBase('index', 'cors', SANDBOX) }, seesLive],
  ['C the lesson in a sandbox by srcdoc, no CORS headers', { html: inSrcdocWithBase('index', 'plain', SANDBOX) }, still(NO_SCRIPT)],
  ['C a scene in a sandbox by srcdoc, no CORS headers', { html: inSrcdocWithBase('embed', 'plain', SANDBOX) }, still(NO_SCRIPT, null)],
  ['D the lesson in a sandbox of the same origin', { html: framed('plain', '', SAME) }, seesLive],
  ['D a scene in a sandbox of the same origin', { html: framed('plain', SCENE, SAME) }, seesLive],
  ['D a host with CORS headers', { html: framed('cors', SCENE, SAME) }, seesLive],
  ['D a host with a wrong type for wasm', { html: framed('wrong-types', SCENE, SAME) }, seesLive],
  ['D the lesson in one file in a sandbox of the same origin', { html: framed('plain', SINGLE, SAME) }, seesLive],
  ['D a scene in one file in a sandbox of the same origin', { html: framed('plain', ONE, SAME) }, seesLive],
  ['D the lesson in one file by srcdoc', { html: inSrcdoc('lesson', SAME) }, seesLive],
  ['D a scene in one file by srcdoc', { html: inSrcdoc('scene', SAME) }, seesLive],
  ['E the lesson under a strict policy', { page: at('strict', '') }, seesLive],
  ['E a scene under a strict policy', { page: at('strict', SCENE) }, seesLive],
  ['E a host with CORS headers', { page: at('strict+cors', SCENE) }, seesLive],
  ['E a host with a wrong type for wasm', { page: at('strict+wrong-types', SCENE) }, seesLive],
  ['E the lesson in one file under a policy that allows what is inline', { page: at('inline-strict', SINGLE) }, seesLive],
  ['E a scene in one file under a policy that allows what is inline', { page: at('inline-strict', ONE) }, seesLive],
  ['E the lesson in one file under a policy that does not', { page: at('strict', SINGLE) }, still(NO_SCRIPT)],
  ['E a scene in one file under a policy that does not', { page: at('strict', ONE) }, still(NO_SCRIPT, /^/)],
  ['F the lesson under a policy without wasm', { page: at('no-wasm', '') }, still(NO_WASM)],
  ['F a scene under a policy without wasm', { page: at('no-wasm', SCENE) }, still(NO_WASM, /^/)],
  ['F a host with CORS headers', { page: at('no-wasm+cors', '') }, still(NO_WASM)],
  ['F a host with a wrong type for wasm', { page: at('no-wasm+wrong-types', SCENE) }, still(NO_WASM, /^/)],
  ['F the lesson in one file under a policy without wasm', { page: at('inline-no-wasm', SINGLE) }, still(NO_WASM)],
  ['F a scene in one file under a policy without wasm', { page: at('inline-no-wasm', ONE) }, still(NO_WASM, /^/)],
  ['G the lesson in a sandbox under a strict policy, CORS headers', { html: framed('strict+cors', '', SANDBOX) }, seesLive],
  ['G a scene in a sandbox under a strict policy, CORS headers', { html: framed('strict+cors', SCENE, SANDBOX) }, seesLive],
  ['G the lesson in a sandbox under a strict policy', { html: framed('strict', '', SANDBOX) }, still(NO_SCRIPT)],
  ['G a scene in a sandbox under a strict policy', { html: framed('strict', SCENE, SANDBOX) }, still(NO_SCRIPT, null)],
  ['G CORS headers and a wrong type for wasm', { html: framed('strict+cors+wrong-types', SCENE, SANDBOX) }, seesLive],
  ['G the lesson in one file in a sandbox under a strict policy', { html: framed('inline-strict', SINGLE, SANDBOX) }, seesLive],
  ['G a scene in one file in a sandbox under a strict policy', { html: framed('inline-strict', ONE, SANDBOX) }, seesLive],
  ['G the lesson in one file in a sandbox by srcdoc, under the strict policy of the page around it', { html: inSrcdoc('lesson', SANDBOX), headers: around("'unsafe-inline' 'wasm-unsafe-eval'") }, seesLive],
  ['G a scene in one file in a sandbox by srcdoc, under that policy', { html: inSrcdoc('scene', SANDBOX), headers: around("'unsafe-inline' 'wasm-unsafe-eval'") }, seesLive],
  ['G the lesson in one file in a sandbox under a policy that does not allow what is inline', { html: framed('strict', SINGLE, SANDBOX) }, still(NO_SCRIPT)],
  ['I the lesson in one file by srcdoc, the page around it allows no wasm', { html: inSrcdoc('lesson'), headers: around("'unsafe-inline'") }, still(NO_WASM)],
  ['I a scene in one file by srcdoc, the page around it allows no wasm', { html: inSrcdoc('scene'), headers: around("'unsafe-inline'") }, still(NO_WASM, /^/)],
  ['I the lesson in one file by srcdoc, the page around it allows no script', { html: inSrcdoc('lesson'), headers: around("'self'") }, still(NO_SCRIPT)],
  ['I a scene in one file by srcdoc, the page around it allows no script', { html: inSrcdoc('scene'), headers: around("'self'") }, still(NO_SCRIPT, /^/)],
  ['I the lesson by srcdoc, no CORS headers', { html: inSrcdocWithBase('index', 'plain'), headers: around('SITE') }, still(NO_SCRIPT)],
  ['I a scene by srcdoc, no CORS headers', { html: inSrcdocWithBase('embed', 'plain'), headers: around('SITE') }, still(NO_SCRIPT, null)],
  ['I the lesson by srcdoc, the host sends CORS headers', { html: inSrcdocWithBase('index', 'cors'), headers: around('SITE') }, still(NO_WASM)],
  ['I the lesson by srcdoc, CORS headers and a wrong type', { html: inSrcdocWithBase('index', 'cors+wrong-types'), headers: around('SITE') }, still(NO_WASM)],
  ['I a scene by srcdoc, the host sends CORS headers', { html: inSrcdocWithBase('embed', 'cors'), headers: around('SITE') }, still(NO_WASM, null)],
  ['J the lesson in one file, from the disk', { page: disk(SINGLE) }, seesLive],
  ['J a scene in one file, from the disk', { page: disk(ONE) }, seesLive],
  ['J the site from the disk', { page: disk('index.html') }, still(NO_SCRIPT)],
  ['J a scene of the site from the disk', { page: disk('www/embed.html') }, still(NO_SCRIPT, null)],
];

let places;

before(async () => {
  places = await openPlaces();
});

after(closePlaces);

for (const name of BROWSERS) {
  describe(name, { timeout: 1_800_000 }, () => {
    let browser;

    before(async () => {
      // A driven Firefox lets files read files, which no reader's does.
      browser = await launch(name, { prefs: { 'security.fileuri.strict_origin_policy': true } });
    });

    after(() => browser?.close());

    test('a scene in one file begins with what is written in it, and as its address asks', async () => {
      const { files, course } = places;
      const html = files.scene.replace('<kl-scene scene="two-bells"', '$& p-mean="0" p-sd="1" q-mean="0" q-sd="2" mode="odd"');
      course.pages.set('/written', { html });
      const read = async (query) => {
        const page = await openPage(browser, `${course.address}/written${query}`);
        await page.$eval('kl-scene', (scene) => scene.ready);
        const seen = await page.$eval('kl-scene', (scene) => [
          scene.readouts.forward.text,
          scene.shadowRoot.querySelector('.notices').textContent.includes('mode'),
        ]);
        await page.close();
        return seen;
      };
      // ln 2 + 1/8 − 1/2; and 0 where both are the same.
      assert.deepEqual(await read(''), ['0.3181 nats', true]);
      assert.deepEqual(await read('?lang=de'), ['0,3181 nats', true]);
      assert.deepEqual(await read('?q_sd=1'), ['0 nats', true]);
    });

    for (const [place, where, sees] of PLACES) {
      test(place, async () => {
        const { page, frame } = await openPlace(browser, where);
        await sees(frame);
        // Where it is live it asks for nothing that a policy refuses: no style in the markup, no worker. Firefox asks for an icon by itself.
        const refused = faults(page).filter((fault) => /content security policy|violates/i.test(fault) && !fault.includes('/favicon.ico'));
        if (sees === seesLive) assert.deepEqual(refused, []);
        await page.close();
      });
    }
  });
}
