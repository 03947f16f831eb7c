// What accessibility and the checkers of HTML, CSS and SVG have to say.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { load } from './lib.mjs';

const AXE = readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * The frame for other sites says without script how things are for as long as it is looked at. Nobody loses a place in
 * it when it is read anew: it has no form, and fewer than ten lines.
 */
const FRAME = '/embed';

/**
 * What axe-core finds on the page at hand: faults of any level, and what it says a person should look at. Where a page
 * is `narrow` parts of it are scrolled out of sight, and axe can't tell their ground; it has seen them on a wide one.
 */
export async function axe(page, { narrow = false } = {}) {
  await page.evaluate(`globalThis.axe || (() => { ${AXE} })()`);
  // A page without a ground of its own has the browser's, which axe takes for white also where it is dark.
  await page.evaluate(() => {
    const clear = (e) => getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)';
    if (clear(document.body) && clear(document.documentElement)) document.documentElement.style.backgroundColor = 'Canvas';
  });
  const found = await page.evaluate((tags) => axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    rules: { 'target-size': { enabled: true } },
    // Our pseudo-elements draw lines, dots and marks beside the words, never a ground under them; axe can't tell.
    checks: { 'color-contrast': { options: { ignorePseudo: true } } },
    resultTypes: ['violations', 'incomplete'],
  }), TAGS);
  found.violations = found.violations.filter((rule) => !(rule.id === 'meta-refresh' && new URL(page.url()).pathname === FRAME));
  const sentence = (kind) => (rule) => rule.nodes.map((node) =>
    `${kind} ${rule.id} (${rule.impact ?? 'no level'}): ${node.target.join(' ')}: ` +
    `${(node.failureSummary ?? rule.help).replace(/\s+/g, ' ')}`);
  const undecided = found.incomplete.filter((rule) => !(narrow && rule.id === 'color-contrast'));
  return [...found.violations.flatMap(sentence('fault')), ...undecided.flatMap(sentence('unsure'))];
}

/** What vnu, the checker of the W3C's validator, says of files, by file. */
export async function vnu(files) {
  const jar = load('vnu-jar');
  const options = ['--stdout', '--exit-zero-always', '--format', 'json', '--also-check-css', '--also-check-svg'];
  const { stdout } = await promisify(execFile)('java', ['-Xss2m', '-jar', jar, ...options, ...files], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const by = new Map(files.map((file) => [file, []]));
  for (const { url, type, subType, message, extract, lastLine } of JSON.parse(stdout).messages) {
    if (type === 'info' && subType !== 'warning') continue;
    if (EXCEPTIONS.some(({ says }) => says.test(message))) continue;
    const file = decodeURIComponent(url.replace(/^file:/, ''));
    by.get(file).push(`${subType ?? type}: ${message} (line ${lastLine}: ${(extract ?? '').replace(/\s+/g, ' ')})`);
  }
  return by;
}

// What the checker doesn't know yet, or takes for a fault although it is none; each with its reason.
const EXCEPTIONS = [];
