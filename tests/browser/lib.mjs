// What all scripts here share: how they speak with the test that started them, and a browser that notes what it sees.
//
// A script prints one JSON object a line: `{check, on, wrong}` for each thing that it has looked at (`wrong` holds a
// sentence for each fault, and is empty where all is well), `{figure}` for a number worth printing, and `{ask}` for
// what only the test can do; the answer to that comes back as a line on stdin.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const npm = process.env.CANDOR_TEST_NPM;
if (!npm || !existsSync(join(npm, 'node_modules'))) {
  console.error('CANDOR_TEST_NPM has to name a folder with the packages of tests/npm: copy tests/npm there, `npm ci`');
  process.exit(2);
}
/** Loads a package of tests/npm. */
export const load = createRequire(join(npm, 'package.json'));
const { chromium } = load('playwright-core');

/** The address of the site, without a slash at its end. */
export const site = process.env.SITE;
/** Where what is worth keeping goes. */
export const out = process.env.OUT;

const lines = createInterface({ input: process.stdin });
const answers = lines[Symbol.asyncIterator]();

const say = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);

/** Asks the test to do something, and gives back what it answers. */
export async function ask(what) {
  say({ ask: what });
  const { value, done } = await answers.next();
  if (done) throw new Error('the test has gone');
  return JSON.parse(value);
}

/** Notes what came of looking at `on`. */
export function note(check, on, wrong) {
  say({ check, on, wrong: [wrong].flat().filter(Boolean).map(String) });
}

/** Prints a line with a number in it. */
export const figure = (text) => say({ figure: text });

/** Runs a script's work, and ends with it. */
export async function run(work) {
  const browser = await open();
  try {
    await work(browser);
  } catch (error) {
    note('the script itself', 'ended early', error.stack ?? error);
  } finally {
    await browser.close();
    lines.close();
  }
}

function open() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const executablePath = places.find((place) => existsSync(place));
  if (!executablePath) throw new Error('this needs Chromium: apt-get install chromium');
  // The sandbox can't be had as root; nothing is to be asked of anybody in the background.
  // What plays another site in a walk is on no network, and may still ask this machine.
  const args = ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--no-sandbox',
    '--disable-features=LocalNetworkAccessChecks'];
  return chromium.launch({ executablePath, args });
}

/**
 * A page in a window of its own, without cookies, that notes what a browser complains of: `complaints()` gives all of
 * it since the last call.
 */
export async function visit(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: 'UTC', ...options });
  await context.addInitScript(() => {
    globalThis.breaches = [];
    addEventListener('securitypolicyviolation', (e) =>
      globalThis.breaches.push(`the policy refused ${e.blockedURI || 'something inline'} (${e.effectiveDirective})`));
  });
  const page = await context.newPage();
  let heard = [];
  page.on('console', (message) => {
    const expected = /status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !expected) heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`a script failed: ${error.message}`));
  page.on('dialog', (dialog) => { heard.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== site) {
      heard.push(`a request to ${url.origin}`);
    }
  });
  const complaints = async () => {
    // A page without script has none of this.
    const breaches = await page.evaluate(() => globalThis.breaches?.splice(0) ?? []).catch(() => []);
    const cookies = (await context.cookies()).map((cookie) => `a cookie: ${cookie.name}`);
    const all = [...heard, ...breaches, ...cookies];
    heard = [];
    return all;
  };
  return { context, page, complaints };
}

/** How many pixels the page at hand is wider than its window, and what sticks out. */
export function tooWide(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - room;
    if (over <= 0) return [];
    const sticking = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > room + 1);
    const named = sticking.slice(0, 3).map((e) => `<${e.localName} class="${e.className}">`);
    return [`${over} pixels wider than the window of ${room}: ${named.join(', ')}`];
  });
}
