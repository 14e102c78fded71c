// Where the parts of the explorer come from: the files beside this one. The single files, which have everything
// inside themselves, are built with another module in this one's place; so nothing else may ask for files.

const near = (path) => new URL(path, import.meta.url).href;

/** The core's glue. It holds its instance for good; under another address the browser makes another glue. */
export const glue = (start) => import(near(start ? `./pkg/kl_explorer.js?start=${start}` : './pkg/kl_explorer.js'));

/** The core's code, as a response that may be compiled while it arrives. */
export const core = () => fetch(near('./pkg/kl_explorer_bg.wasm'));

/** A style sheet's text, as a response. */
export const sheet = (file) => fetch(near(`./${file}`));

/** The poster of a scene. */
export const poster = (scene) => near(`./posters/${encodeURIComponent(scene)}.svg`);

/** The lesson's address, to which links to a state are added. */
export const lesson = () => near('../index.html');
