// A stroke in a role's colour and dash pattern: the key to the figure's lines. The patterns stand in theme.css.

const SVG = 'http://www.w3.org/2000/svg';
const DRAWN = ['p', 'q', 'forward', 'reverse', 'other', 'further'];

/** The stroke of a role; nothing for what has no line of its own. */
export function swatch(role) {
  if (!DRAWN.includes(role)) return '';
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({ class: `swatch role-${role}`, width: 28, height: 8, 'aria-hidden': true })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS(SVG, 'line');
  for (const [name, value] of Object.entries({ x1: 1, y1: 4, x2: 27, y2: 4 })) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}
