// Tells the page around a frame how high its content is: {type: 'kl-resize', height} and, for course systems that know
// LTI, {subject: 'lti.frameResize', height}.

/** Tells now and whenever it changes; the height does not depend on the frame's own, so this comes to rest. */
export function tellHeight() {
  if (parent === window) return;
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    parent.postMessage({ type: 'kl-resize', height }, '*');
    parent.postMessage({ subject: 'lti.frameResize', height }, '*');
  }).observe(document.documentElement);
}
