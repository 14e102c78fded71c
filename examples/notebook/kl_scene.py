"""A scene of KL Explorer as a notebook widget: what is moved in the picture changes in Python, and the other way round."""

import anywidget
import traitlets


class Scene(anywidget.AnyWidget):
    """A scene, by its id. `site` is the address of the explorer's folder, seen from the notebook's page.

    `values` are the controls' values; when they are set, controls that are not named take their defaults.
    `readouts` are the live numbers as text: `float(scene.readouts["forward"])`, which may be infinite.
    """

    scene = traitlets.Unicode().tag(sync=True)
    site = traitlets.Unicode("/files/kl-explorer/").tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    readouts = traitlets.Dict(read_only=True).tag(sync=True)

    _esm = """
    // As a script of the page: a module of a notebook has no address, and Jupyter refuses files to who does not say it.
    const load = (src) =>
      new Promise((onload, refuse) => {
        const onerror = () => refuse(new Error(`${src} can't be loaded`));
        document.head.append(Object.assign(document.createElement('script'), { type: 'module', src, onload, onerror }));
      });

    async function render({ model, el }) {
      const site = new URL(model.get('site'), location.href);
      await load(new URL('www/kl-scene.js', site).href);
      const scene = document.createElement('kl-scene');
      scene.setAttribute('scene', model.get('scene'));
      scene.values = model.get('values');
      const same = (a, b) => Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);
      const tell = () => {
        const numbers = Object.entries(scene.readouts).map(([id, { value }]) => [id, String(value)]);
        model.set('values', scene.values);
        model.set('readouts', Object.fromEntries(numbers));
        model.save_changes();
      };
      // What the scene has told comes back as news; only what differs is.
      const follow = () => {
        if (same(model.get('values'), scene.values)) return;
        scene.values = model.get('values');
        tell();
      };
      scene.addEventListener('kl-change', tell);
      model.on('change:values', follow);
      scene.ready.then(tell);
      el.append(scene);
      return () => model.off('change:values', follow);
    }
    export default { render };
    """

    def __init__(self, scene, **more):
        super().__init__(scene=scene, **more)
