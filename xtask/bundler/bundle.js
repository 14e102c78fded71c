// Makes one script and one style sheet of a page's many, into a folder: node bundle.js FOLDER GLUE.
//
// The single files have no other file to import from or to fetch, so www/supply.js, which does that for the page, gives way
// to the module beside this one; and the core's glue becomes a function that makes a fresh glue each time.

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { LANGUAGES } from '../../www/words/languages.js';

const [folder, gluePath] = process.argv.slice(2);
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const common = { bundle: true, minify: true, charset: 'utf8', target: 'es2022', legalComments: 'none', logLevel: 'warning' };

/** The glue as a function's body; its own way to find the core, by its address, is never taken. */
async function glueModule() {
  const { code } = await transform(await readFile(gluePath, 'utf8'), {
    format: 'cjs',
    define: { 'import.meta.url': '"about:blank"' },
  });
  return `export function glue() { const module = { exports: {} }; ${code}; return module.exports; }`;
}

const inOneFile = {
  name: 'in-one-file',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/supply\.js$/ }, () => ({ path: at('supply.js') }));
    onResolve({ filter: /^kl:glue$/ }, ({ path }) => ({ path, namespace: 'kl' }));
    onLoad({ filter: /.*/, namespace: 'kl' }, async () => ({ contents: await glueModule() }));
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, charset: 'utf8', target: 'es2022' });
      return { contents: code, loader: 'text' };
    });
  },
};

/** The page's own words on what it is made of. */
const PAGES = {
  'lesson.en': '../../index.html',
  ...Object.fromEntries(LANGUAGES.map((language) => [`lesson.${language}`, `../../www/${language}.html`])),
  embed: '../../www/embed.html',
};

for (const [page, path] of Object.entries(PAGES)) {
  const html = await readFile(at(path), 'utf8');
  const named = (pattern) => [...html.matchAll(pattern)].map(([, name]) => fileURLToPath(new URL(name, new URL(path, import.meta.url))));
  const imports = (names, rule) => ({ contents: names.map((name) => `${rule} ${JSON.stringify(name)};`).join('\n'), resolveDir: at('.') });
  const scripts = named(/<script type="module" src="([^"]+)">/g);
  if (!scripts.length) throw new Error(`${path} has no module script`);
  const { outputFiles } = await build({ ...common, stdin: imports(scripts, 'import'), format: 'esm', write: false, plugins: [inOneFile] });
  const [{ text }] = outputFiles;
  for (const outside of ['import.meta', 'import(']) {
    if (text.includes(outside)) throw new Error(`${page}.js holds ${outside}, which a single file can’t do; ask www/supply.js`);
  }
  await writeFile(`${folder}/${page}.js`, text);
  const sheets = named(/<link rel="stylesheet" href="([^"]+)">/g);
  await build({ ...common, stdin: { ...imports(sheets, '@import'), loader: 'css' }, outfile: `${folder}/${page}.css` });
}
