// What is remembered from visit to visit. Storage may be refused, and the page does without.

/** Remembers words for the next visit. */
export function remember(key, value) {
  try {
    localStorage.setItem(`kl-${key}`, value);
  } catch {
    // It holds for this visit.
  }
}

/** What was remembered; null where nothing was. */
export function remembered(key) {
  try {
    return localStorage.getItem(`kl-${key}`);
  } catch {
    return null;
  }
}
