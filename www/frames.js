// One animation frame for all scenes of the page, asked for only when something is to be drawn.

const waiting = new Set();
const first = new Set();
let asked = 0;

/** Draws in the next frame; asking again before it comes changes nothing. */
export function draw(job) {
  waiting.add(job);
  ask();
}

/** Draws in one of the next frames: one such job each frame, so that a page of many scenes opens without a halt. */
export function drawFirst(job) {
  first.add(job);
  ask();
}

/** Whether a job waits for a frame. */
export const waits = (job) => waiting.has(job) || first.has(job);

/** Takes a job back. */
export function forget(job) {
  waiting.delete(job);
  first.delete(job);
}

function ask() {
  asked ||= requestAnimationFrame(run);
}

function run() {
  asked = 0;
  const jobs = [...waiting];
  waiting.clear();
  for (const job of first) {
    if (jobs.includes(job)) continue;
    jobs.push(job);
    first.delete(job);
    break;
  }
  for (const job of jobs) {
    first.delete(job);
    try {
      job();
    } catch (fault) {
      reportError(fault);
    }
  }
  if (first.size) ask();
}
