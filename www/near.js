// Starting things as they come near the window, and all of them before the page is printed.

const waiting = new Map();

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) go(target, {});
  },
  // A window's height ahead, so that the reader finds them ready.
  { rootMargin: '100% 0px' },
);

const printed = () => {
  for (const element of [...waiting.keys()]) go(element, { printing: true });
};
addEventListener('beforeprint', printed);
matchMedia('print').addEventListener('change', ({ matches }) => matches && printed());

/** Does the job once, when the element is near the window; or now, where the page is being printed. */
export function whenNear(element, job, signal) {
  waiting.set(element, job);
  observer.observe(element);
  signal.addEventListener('abort', () => forget(element), { once: true });
}

/** It need not be waited for any more. */
export function forget(element) {
  waiting.delete(element);
  observer.unobserve(element);
}

function go(element, how) {
  const job = waiting.get(element);
  forget(element);
  job?.(how);
}
