// What the tests of sharing have in common: the panel, the clipboard, and reading a QR code with a camera's eyes.

import jsQR from 'jsqr';
import { inside } from './scenes.js';

/** The button of a scene that is called so. */
export async function buttonNamed(page, selector, name) {
  const handle = await page.evaluateHandle(
    (scene, wanted) =>
      [...document.querySelector(scene).shadowRoot.querySelectorAll('button')].find(
        (button) => (button.getAttribute('aria-label') ?? button.textContent) === wanted,
      ),
    selector,
    name,
  );
  const found = handle.asElement();
  if (!found) throw new Error(`${selector} has no button ${name}`);
  return found;
}

/** Clicks a button as a reader does. */
export async function press(page, selector, name) {
  const button = await buttonNamed(page, selector, name);
  await button.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await button.click();
}

export async function openShare(page, selector) {
  await press(page, selector, 'Share and save');
  await inside(page, selector, '.share:not([hidden]) .qr svg');
}

/** The code of that name. */
export async function shareText(page, selector, name) {
  await press(page, selector, name);
  return page.$eval(selector, (scene) => scene.shadowRoot.querySelector('.share-code .code').value);
}

/** What the clipboard holds, pasted by keys into a field of the page. */
export async function pasted(page, { name }) {
  await page.evaluate(() => {
    const field = document.querySelector('body > textarea') ?? document.body.appendChild(document.createElement('textarea'));
    field.value = '';
    field.focus();
  });
  await page.keyboard.down('Control');
  await (name === 'chromium' ? page.keyboard.press('v', { commands: ['Paste'] }) : page.keyboard.press('v'));
  await page.keyboard.up('Control');
  await page.waitForFunction(() => document.querySelector('body > textarea').value);
  return page.$eval('body > textarea', (field) => field.value);
}

/** Pixels of a picture file: {data, width, height}. */
export async function pixels(page, file) {
  const { data, width, height } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data: read } = context.getImageData(0, 0, canvas.width, canvas.height);
    let text = '';
    for (let at = 0; at < read.length; at += 8192) text += String.fromCharCode(...read.subarray(at, at + 8192));
    return { data: btoa(text), width: canvas.width, height: canvas.height };
  }, Buffer.from(file).toString('base64'));
  return { data: new Uint8ClampedArray(Buffer.from(data, 'base64')), width, height };
}

/** The words in the QR code that is on the screen. */
export async function decodeQr(page, selector) {
  const code = await inside(page, selector, '.qr svg');
  const { data, width, height } = await pixels(page, await code.screenshot());
  return jsQR(data, width, height)?.data ?? null;
}
