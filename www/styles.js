// The scenes' style sheets, fetched once for all of them.

// Each address stands whole where it is made, so that bundlers find the file and take it along.
const FILES = [new URL('./theme.css', import.meta.url), new URL('./scene.css', import.meta.url)];

let sheets = null;

/** Resolves to the sheets that a scene's shadow tree adopts. */
export function styles() {
  return (sheets ??= Promise.all(FILES.map(load)));
}

async function load(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`its style ${file.pathname.split('/').pop()} could not be loaded (${response.status})`);
  return new CSSStyleSheet().replace(await response.text());
}
