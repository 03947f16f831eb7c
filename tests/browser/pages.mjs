// Every page in every state: what axe and the checkers say, whether it fits, and a picture of it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { axe, vnu } from './judge.mjs';
import { ask, figure, note, out, run, site, tooWide, visit } from './lib.mjs';

/** In which languages everything is looked at; of the others there are pictures. */
const LANGUAGES = ['en', 'de'];
const PICTURES = process.env.PICTURES !== 'no';

const files = [];
mkdirSync(join(out, 'files'), { recursive: true });
mkdirSync(join(out, 'pictures'), { recursive: true });

function keep(name, text) {
  const file = join(out, 'files', name.replace(/[^\w.-]+/g, '_'));
  writeFileSync(file, text);
  files.push(file);
}

/** Looks at one page from all sides, on one visit. */
async function look({ page, complaints }, stage, { name, path, status, spoken }, language) {
  const on = `${stage} ${name} ${language}`;
  const address = spoken ? `${site}/${language}${path}` : `${site}${path}`;
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'screen' });
  await page.setViewportSize({ width: 1280, height: 900 });
  const response = await page.goto(address, { waitUntil: 'load' });
  note('status', on, response.status() === status ? [] : `${response.status()} in place of ${status} at ${address}`);
  if (response.status() !== status) return;
  keep(`${stage}-${name}-${language}.html`, await response.text());
  for (const href of await page.$$eval('link[rel~=stylesheet]', (links) => links.map((link) => link.href))) {
    sheets.add(href);
  }
  const spokenIn = await page.evaluate(() => document.documentElement.lang);
  note('language', on, spokenIn === language || !spoken ? [] : `the page says that it is in ${spokenIn || 'none'}`);
  const picture = (kind) => PICTURES &&
    page.screenshot({ path: join(out, 'pictures', `${stage}-${name}-${language}-${kind}.png`), fullPage: true, animations: 'disabled' });
  await picture('light-1280');
  note('axe light', on, await axe(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(50);
  note('axe dark', on, await axe(page));
  if (language === 'en') await picture('dark-1280');
  // A window of 1280 pixels at 200 % is one of 640 whose pixels are twice as large.
  await page.setViewportSize({ width: 640, height: 450 });
  note('fits at 200 %', on, await tooWide(page));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 568 });
  note('fits in 320 px', on, await tooWide(page));
  await picture('light-320');
  if (language === 'en') note('axe 320 px', on, await axe(page, { narrow: true }));
  note('fits with wide text', on, await spacedOut(page));
  if (language === 'en') {
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    note('fits from right to left', on, await tooWide(page));
    await picture('rtl-320');
    await page.evaluate(() => { document.documentElement.dir = 'ltr'; });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ forcedColors: 'active' });
    await picture('forced-1280');
    await page.emulateMedia({ forcedColors: 'none' });
    await page.emulateMedia({ media: 'print' });
    if (PICTURES) await page.pdf({ path: join(out, 'pictures', `${stage}-${name}.pdf`), format: 'A4' });
  }
  note('quiet', on, await complaints());
}

/** WCAG 1.4.12: nothing is lost when a reader spreads letters, words and lines. */
async function spacedOut(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
      p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
  });
  const wrong = await tooWide(page);
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  return wrong;
}

const sheets = new Set();

run(async (browser) => {
  const visitor = await visit(browser, { reducedMotion: 'reduce' });
  const japanese = await visit(browser);
  let pages = 0;
  for (let stage; (stage = await ask('next'));) {
    for (const page of stage.pages) {
      for (const language of page.spoken ? LANGUAGES : ['en']) {
        await look(visitor, stage.name, page, language);
        pages += 1;
      }
      if (page.spoken && PICTURES) {
        await japanese.page.goto(`${site}/ja${page.path}`);
        await japanese.page.screenshot({
          path: join(out, 'pictures', `${stage.name}-${page.name}-ja-light-1280.png`), fullPage: true, animations: 'disabled',
        });
        note('quiet', `${stage.name} ${page.name} ja`, await japanese.complaints());
      }
    }
    for (const { name, path } of stage.documents) {
      const answer = await visitor.context.request.get(site + path);
      note('status', `${stage.name} ${name}`, answer.ok() ? [] : `${answer.status()} at ${path}`);
      if (answer.ok()) keep(`${stage.name}-${name}`, await answer.text());
    }
  }
  for (const [number, href] of [...sheets].entries()) {
    keep(`sheet-${number}.css`, await (await visitor.context.request.get(href)).text());
  }
  for (const [file, wrong] of await vnu(files)) note(`checker ${file.split('.').at(-1)}`, file.split('/').at(-1), wrong);
  figure(`${pages} pages looked at, ${files.length} files checked`);
});
