// Pictures of the front page for the README: `page-light.png` and `page-dark.png`.

import { statSync } from 'node:fs';
import { join } from 'node:path';

import { note, out, run, site, visit } from './lib.mjs';

const LARGEST = 100_000;

run(async (browser) => {
  for (const colorScheme of ['light', 'dark']) {
    const viewport = { width: 840, height: 805 };
    const { page, complaints } = await visit(browser, { viewport, colorScheme });
    await page.goto(`${site}/en/`, { waitUntil: 'load' });
    const path = join(out, `page-${colorScheme}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    const { size } = statSync(path);
    note('pictures', colorScheme, [...await complaints(), size < LARGEST ? '' : `${size} bytes are too many`]);
  }
});
