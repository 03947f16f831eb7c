// Walks through the site as people go: with the page open while things happen, by keyboard alone, without script, and
// with whatever else their device asks for.

import { ask, figure, note, run, site, tooWide, visit } from './lib.mjs';

const DEADLINE = 20_000;

/** Runs a command of the operator. */
async function candor(...words) {
  const { failed } = await ask({ candor: words });
  if (failed) throw new Error(`candor ${words.join(' ')}: ${failed}`);
}

run(async (browser) => {
  for (const [name, walk] of Object.entries(WALKS)) {
    const wrong = [];
    /** Notes a fault unless it holds. */
    const holds = (sentence, truth) => truth || wrong.push(sentence);
    const visits = [];
    await ask('calm');
    const open = async (options) => {
      const visitor = await visit(browser, options);
      visitor.page.setDefaultTimeout(DEADLINE);
      visits.push(visitor);
      return visitor;
    };
    try {
      await walk(open, holds);
    } catch (error) {
      wrong.push(`the walk ended early: ${String(error.message).split('\n').slice(0, 3).join(' ')}`);
    }
    for (const { complaints, context } of visits) {
      wrong.push(...(await complaints()));
      await context.close();
    }
    note(name, 'from begin to end', wrong);
  }
});

/** Waits until a page says something, wherever it stands. */
const says = (page, words, where = 'main') =>
  page.locator(where).filter({ hasText: words }).first().waitFor({ state: 'attached' });

/** What has the focus, as words. */
const focused = (page) => page.evaluate(() => {
  const e = document.activeElement;
  return e === document.body ? 'nothing' : `${e.localName} ${e.textContent.trim().slice(0, 40)}`;
});

/** Whether one can see what has the focus. */
const focusIsSeen = (page) => page.evaluate(() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  return (outlined || style.boxShadow !== 'none') && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
});

/** All that Tab leads to, in order, until it leaves the page. */
async function tabStops(page, most = 400) {
  const stops = [];
  for (; stops.length < most; ) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body || e === document.documentElement) return undefined;
      globalThis.stops ??= [];
      if (globalThis.stops.includes(e)) return undefined;
      globalThis.stops.push(e);
      const grid = e.closest('table.calendar tbody')?.closest('table');
      return { words: e.textContent.trim().slice(0, 40), grid: grid ? [...document.querySelectorAll('table.calendar')].indexOf(grid) : -1 };
    });
    if (!stop) break;
    stops.push({ ...stop, seen: await focusIsSeen(page) });
  }
  return stops;
}

const WALKS = {
  async 'an incident with the page open'(open, holds) {
    const { page } = await open();
    await page.goto(`${site}/`);
    await page.evaluate(() => {
      globalThis.same = true;
      globalThis.heard = [];
      const live = () => document.querySelectorAll('[aria-live], [role=status], [role=alert]');
      new MutationObserver(() => {
        for (const region of live()) {
          const words = region.textContent.trim();
          if (words && globalThis.heard.at(-1) !== words) globalThis.heard.push(words);
        }
      }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    });
    // The reader has opened the list of languages and stands on its summary.
    await page.locator('details.languages > summary').focus();
    await page.keyboard.press('Enter');
    const before = await focused(page);
    const titles = [await page.title()];
    const figures = [];
    for (const [what, act, words, where] of [
      ['suspected', () => ask({ alert: ['Create', 'walk'] }), /might be having/i, 'h1'],
      ['confirmed', () => candor('incident', 'confirm', '--title', 'Walks are slow', '--text', 'We look into it.'), /Walks are slow/],
      ['updated', () => candor('incident', 'update', '--text', 'Found *the* cause.'), /Found the cause/],
      ['watching', () => candor('incident', 'update', '--status', 'watching', '--text', 'A fix is in.'), /A fix is in/],
      ['resolved', () => candor('incident', 'resolve', '--text', 'Over.'), /working normally/i, 'h1'],
    ]) {
      const heard = await page.evaluate(() => globalThis.heard.length);
      await act();
      const begin = Date.now();
      const seen = await says(page, words, where).then(() => true, () => false);
      holds(`${what} is seen without reload`, seen);
      if (!seen) return;
      figures.push(`${what} ${Date.now() - begin} ms`);
      holds(`the page is still the same one when ${what}`, await page.evaluate(() => globalThis.same === true));
      holds(`the focus stays when ${what}: ${await focused(page)}, not ${before}`, (await focused(page)) === before);
      holds(`what was open stays open when ${what}`, await page.locator('details.languages[open]').count() === 1);
      if (what !== 'updated') {
        await page.waitForFunction((n) => globalThis.heard.length > n, heard, { timeout: 5_000 }).catch(() => {});
        const said = (await page.evaluate(() => globalThis.heard)).slice(heard);
        holds(`a screen reader is told when ${what}`, said.length > 0);
      }
      titles.push(await page.title());
    }
    holds(`the window's title follows: ${titles.join(' | ')}`, new Set(titles).size >= 4 && titles.at(-1) === titles[0]);
    figure(`seen without reload: ${figures.join(', ')}`);
  },

  async 'times are said as the reader\'s own clock says them'(open, holds) {
    await candor('incident', 'declare', '--title', 'Something slow', '--silent');
    const { page: plain } = await open({ javaScriptEnabled: false });
    await plain.goto(`${site}/`);
    const there = await plain.locator('article.card .facts time').first();
    const [at, inPageZone] = [await there.getAttribute('datetime'), await there.textContent()];
    holds(`without script it is the page's zone: ${inPageZone}`, / CES?T$/.test(inPageZone));
    const { page } = await open({ timezoneId: 'Asia/Tokyo' });
    await page.goto(`${site}/`);
    const time = page.locator('article.card .facts time').first();
    const [said, tip] = [await time.textContent(), await time.getAttribute('title')];
    const expected = new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });
    holds(`it is ${expected} for the reader: ${said}`, said.includes(`${expected} `) && !said.includes('CE'));
    holds(`the page's zone is in the tooltip: ${tip}`, tip === inPageZone);
    holds('the foot names the zone', (await page.locator('#zone').textContent()) === 'Asia/Tokyo');
    const evidence = await page.locator('#evidence').textContent();
    holds(`one clock time is enough: ${evidence}`, evidence.match(/\d\d:\d\d/g).length === 1);
    await page.clock.install({ time: new Date(Date.parse(at) + 3 * 60_000) });
    await page.goto(`${site}/`);
    const ago = await page.locator('article.card .ago-note').first().textContent();
    holds(`how long it goes on is said: ${ago}`, / ?\(3\smin/.test(ago));
    await candor('incident', 'resolve', '--text', 'Over.');
    const soon = new Date(Date.now() + 60_000).toISOString();
    await candor('maintenance', 'plan', '--title', 'A new disk', '--start', soon, '--for', '2h', '--silent');
    const { planned } = await (await fetch(`${site}/api/v1/board`)).json();
    const number = planned.find(({ title }) => title === 'A new disk').path.split('/').at(-1);
    await candor('maintenance', 'start', number);
    const { page: later } = await open({ timezoneId: 'Asia/Tokyo' });
    await later.clock.install({ time: new Date(Date.now() + 3 * 60_000) });
    await later.goto(`${site}/`);
    const facts = await later.locator('article.card', { hasText: 'A new disk' }).locator('.facts').first().textContent();
    holds(`and until when it was planned: ${facts}`, /\(\d+\smin.* until .*\d\d:\d\d/.test(facts));
    await candor('maintenance', 'end', number);
  },

  async 'something in between holds the stream of changes back'(open, holds) {
    for (const [what, answer] of [
      ['it is never answered', () => {}],
      ['nothing follows its head', (route) => route.fulfill({ contentType: 'text/event-stream', body: 'retry: 3600000\n\n' })],
    ]) {
      const { page } = await open();
      await page.clock.install();
      await page.route(`${site}/events*`, answer);
      await page.goto(`${site}/`);
      await candor('incident', 'declare', '--title', 'Held back', '--silent');
      await page.clock.runFor(45_000);
      holds(`the page follows all the same when ${what}`, await says(page, /Held back/).then(() => true, () => false));
      await candor('incident', 'resolve', '--text', 'Let go.');
      await page.clock.runFor(60_000);
      holds(`and goes on to when ${what}`, await says(page, /working normally/i, 'h1').then(() => true, () => false));
    }
  },

  async 'what a person opened in the timeline stays'(open, holds) {
    await candor('incident', 'declare', '--title', 'Something long', '--text', 'A beginning.', '--silent');
    const { page } = await open();
    await page.goto(`${site}/`);
    const link = page.locator('main article a, main h3 a').first();
    await link.focus();
    await page.mouse.wheel(0, 300);
    await page.waitForFunction(() => scrollY >= 300 || scrollY + innerHeight >= document.documentElement.scrollHeight);
    const [where, at] = [await focused(page), await page.evaluate(() => scrollY)];
    await candor('incident', 'update', '--text', 'A word more.');
    const seen = await says(page, /A word more/).then(() => true, () => false);
    holds('the update is seen without reload', seen);
    holds(`the focus stays on a link in main: ${where} became ${await focused(page)}`, (await focused(page)) === where);
    const now = await page.evaluate(() => scrollY);
    holds(`the page doesn't jump: ${at} became ${now}`, Math.abs(now - at) < 250);
    await candor('incident', 'resolve', '--text', 'Over.');
  },

  async 'what other sites can show: the note on an error page, the banner, the frame'(open, holds) {
    const { page, complaints } = await open();
    await page.goto(`${site}/en/integrate`);
    const [note, banner, frame] = await Promise.all(['error-page', 'banner', 'frame'].map((part) =>
      page.locator(`section[aria-labelledby=integrate-${part}] pre`).textContent()));
    let body = '';
    const elsewhere = 'http://localhost:8099';
    await page.route(`${elsewhere}/**`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><h1>Oops</h1>${body}` }));
    const on = async (html) => {
      body = html;
      await page.goto(`${elsewhere}/`, { waitUntil: 'networkidle' });
    };
    const [line, bar] = [page.locator('#status-note'), page.locator('candor-status')];
    await on(note + banner);
    holds('nothing is said while all is well', !(await line.isVisible()) && (await bar.count()) === 0);
    await candor('incident', 'declare', '--title', 'Checkout is slow', '--severity', 'partial', '--silent');
    await on(note + banner + frame);
    await line.waitFor();
    holds(`the note links to the status: ${await line.innerHTML()}`, (await line.locator('a').getAttribute('href')).startsWith(site));
    holds(`the banner names it: ${await bar.textContent()}`, /Checkout is slow/.test(await bar.locator('a').textContent()));
    await bar.locator('button').click();
    holds('the banner goes when it is sent away', (await bar.count()) === 0);
    const inside = page.frameLocator('iframe');
    await inside.locator('body').filter({ hasText: 'Checkout is slow' }).waitFor();
    await page.route(`${site}/**`, (route) => route.abort());
    await on(note + banner);
    holds('without the status page the error page is as it was', (await page.locator('body').innerText()).trim() === 'Oops');
    const wrong = (await complaints()).filter((line) => !line.includes(elsewhere) && !/ERR_FAILED/.test(line));
    holds(`nothing else happens: ${wrong.join(', ')}`, wrong.length === 0);
  },

  async 'history by keyboard alone'(open, holds) {
    const { page } = await open();
    await page.goto(`${site}/history`);
    const stops = await tabStops(page);
    const calendars = await page.locator('table.calendar').count();
    const inside = (n) => stops.filter((stop) => stop.grid === n).length;
    const many = Array.from({ length: calendars }, (_, n) => inside(n)).filter((n) => n > 1);
    holds(`there are 12 calendars, not ${calendars}`, calendars >= 12);
    holds(`a calendar is one tab stop; ${many.length} have more`, many.length === 0);
    const unseen = stops.filter((stop) => !stop.seen).map((stop) => stop.words);
    holds(`the focus can be seen; not on ${unseen.slice(0, 5).join(', ')}`, unseen.length === 0);
    holds(`the first stop leads to the content, not ${stops[0]?.words}`, /skip|content/i.test(stops[0]?.words ?? ''));
    figure(`history: ${stops.length} tab stops, ${calendars} calendars`);
    // Into a calendar, and through its days by arrows.
    const day = page.locator('table.calendar td [tabindex="0"]').last();
    await day.focus();
    const seen = new Set([await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)]);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home', 'End']) {
      await page.keyboard.press(key);
      seen.add(await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent));
      holds(`the focus can be seen after ${key}`, await focusIsSeen(page));
    }
    holds(`arrows lead through the days: ${[...seen].slice(0, 8).join(' / ')}`, seen.size >= 4);
    // Enter opens a day that has something.
    const link = page.locator('table.calendar td a[href]').first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/\d{4}-\d{2}-\d{2}/);
    holds('Enter opens a day', /\/\d{4}-\d{2}-\d{2}$/.test(page.url()));
  },

  async 'from subscribing to leaving, by the real mails'(open, holds) {
    const { page } = await open({ viewport: { width: 360, height: 740 } });
    const to = 'grace@example.org';
    await page.goto(`${site}/en/`);
    await page.locator('a[href$="/subscribe"]').first().click();
    await page.locator('main input[type=email]').first().fill('grace@example');
    await page.locator('main form button').first().click();
    await says(page, /name@example\.org/);
    const field = page.locator('main input[type=email]').first();
    holds('the field says that it is wrong', (await field.getAttribute('aria-invalid')) === 'true');
    const hint = await field.getAttribute('aria-describedby');
    holds('and is tied to the words that say why', hint && (await page.locator(`#${hint.split(' ')[0]}`).count()) === 1);
    await field.fill(to);
    await page.locator('main form button').first().click();
    await says(page, /mail/i);
    const first = (await ask({ mails: 1, to })).mails.at(-1);
    await page.goto(first.text.match(/http\S+\/subscribe\/[^\s>)]+/)[0]);
    await page.locator('main form button').first().click();
    await says(page, /You are subscribed/i);
    await candor('incident', 'declare', '--title', 'A walk in the rain', '--text', 'Bring *an umbrella*.');
    const second = (await ask({ mails: 2, to })).mails.at(-1);
    holds(`the mail has the title: ${second.subject}`, second.subject.includes('A walk in the rain'));
    const manage = second.text.match(/http\S+\/subscription\/[^\s>)]+/)?.[0];
    holds('the mail leads to what one gets', Boolean(manage));
    if (manage) {
      await page.goto(manage);
      holds('which has a form', (await page.locator('main form').count()) > 0);
      holds('fits the phone', (await tooWide(page)).length === 0);
    }
    // The mail itself, as a mail program shows it.
    const program = await open({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
    await program.page.setContent(second.html);
    holds(`the mail fits the phone: ${await tooWide(program.page)}`, (await tooWide(program.page)).length === 0);
    await page.goto(second.text.match(/http\S+\/unsubscribe\/[^\s>)]+/)[0]);
    await page.locator('main form button').first().click();
    await says(page, /You are unsubscribed/i);
    await candor('incident', 'resolve', '--text', 'Dry again.');
    await candor('incident', 'declare', '--title', 'Another one');
    await candor('incident', 'resolve');
    holds('whoever left is told nothing more', (await ask({ mails: 2, to })).mails.length === 2);
  },

  async 'everything without script'(open, holds) {
    const { page } = await open({ javaScriptEnabled: false });
    await candor('incident', 'declare', '--title', 'No script', '--text', 'All the same.', '--silent');
    await page.goto(`${site}/`);
    await says(page, /No script/);
    await says(page, /All the same/);
    await page.locator('main a', { hasText: 'No script' }).first().click();
    holds('the permalink is a page', /\/\d{4}-\d{2}-\d{2}\/\d+$/.test(page.url()));
    await page.goto(`${site}/history`);
    const days = await page.locator('main a[href*="/20"]').count();
    holds(`history has links to days or incidents: ${days}`, days >= 10);
    await page.locator('main a[href*="/20"]').first().click();
    holds('and they lead somewhere', (await page.locator('main h1').count()) === 1);
    await page.goto(`${site}/`);
    await page.locator('details.languages > summary').click();
    await page.locator('details.languages a[hreflang=de]').click();
    holds('the language can be changed', (await page.locator('html').getAttribute('lang')) === 'de');
    await page.locator('a[href$="/subscribe"]').first().click();
    holds('and stays', (await page.locator('html').getAttribute('lang')) === 'de');
    // What only a script fills must not stand there empty or dead.
    const dead = await page.locator('main button:not(form button), main [hidden] a').count();
    holds(`nothing waits for a script: ${dead}`, dead === 0);
    await candor('incident', 'resolve');
  },

  async 'a first view is small and alone'(open, holds) {
    await candor('incident', 'declare', '--title', 'A first view', '--text', 'Words. '.repeat(60), '--silent');
    for (const path of ['/', '/history', '/subscribe']) {
      const { page, context } = await open();
      const cdp = await context.newCDPSession(page);
      await cdp.send('Network.enable');
      const wire = new Map();
      cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
        if (!request.url.startsWith('data:')) wire.set(requestId, { url: new URL(request.url).pathname, bytes: 0, type: '' });
      });
      cdp.on('Network.responseReceived', ({ requestId, type }) => wire.has(requestId) && (wire.get(requestId).type = type));
      cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (wire.has(requestId)) wire.get(requestId).bytes = encodedDataLength;
      });
      await page.goto(site + path, { waitUntil: 'load' });
      await page.waitForTimeout(1_500);
      // The stream of news isn't part of the view: it begins after it, and never ends.
      const view = [...wire.values()].filter(({ type, url }) => type !== 'EventSource' && url !== '/events');
      const bytes = view.reduce((sum, one) => sum + one.bytes, 0);
      const parts = view.map((one) => `${one.url} ${one.bytes}`).join(', ');
      holds(`at most 3 requests for ${path}: ${parts}`, view.length <= 3);
      holds(`under 30 kB for ${path}: ${parts}`, bytes < 30_000);
      figure(`first view of ${path}: ${view.length} requests, ${bytes} bytes with heads (${parts})`);
    }
    await candor('incident', 'resolve');
  },

  async 'dark'(open, holds) {
    const { page } = await open({ colorScheme: 'dark' });
    await page.goto(`${site}/`);
    const [back, front] = await page.evaluate(() => {
      const bright = (color) => {
        const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
        pixel.fillStyle = color;
        pixel.fillRect(0, 0, 1, 1);
        return pixel.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((a, b) => a + b) / 3;
      };
      const of = (element) => getComputedStyle(element);
      const ground = [document.body, document.documentElement].map((e) => of(e).backgroundColor).find((c) => !c.endsWith(', 0)'));
      return [bright(ground), bright(of(document.body).color)];
    });
    holds(`light words on a dark ground: ${front} on ${back}`, back < 80 && front > 150);
  },

  async 'forced colors'(open, holds) {
    await candor('incident', 'declare', '--title', 'In any color', '--silent');
    const { page } = await open({ forcedColors: 'active' });
    for (const path of ['/', '/history']) {
      await page.goto(site + path);
      const own = await page.evaluate(() => [...document.querySelectorAll('body *')]
        .filter((e) => getComputedStyle(e).forcedColorAdjust === 'none' && e.textContent.trim())
        .map((e) => `${e.localName}.${e.className}`));
      holds(`nothing with words insists on its own colors at ${path}: ${own.slice(0, 3)}`, own.length === 0);
    }
    await page.goto(`${site}/`);
    const edge = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector('.verdict'));
      return ['Top', 'Left', 'Bottom', 'Right'].some((side) => parseFloat(style[`border${side}Width`]) > 0);
    });
    holds('the verdict has an edge where its ground is gone', edge);
    await candor('incident', 'resolve');
  },

  async 'reduced motion'(open, holds) {
    const { page } = await open({ reducedMotion: 'reduce' });
    await ask({ alert: ['Create', 'still'] });
    for (const path of ['/', '/history', '/subscribe']) {
      await page.goto(site + path);
      const moving = await page.evaluate(() => document.getAnimations({ subtree: true }).length);
      const timed = await page.evaluate(() => [...document.querySelectorAll('*')].filter((e) => {
        const style = getComputedStyle(e);
        return [...style.transitionDuration.split(','), ...style.animationDuration.split(',')].some((t) => parseFloat(t) > 0.01);
      }).length);
      const smooth = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior === 'smooth');
      holds(`nothing moves at ${path}: ${moving}, ${timed}, ${smooth}`, moving + timed === 0 && !smooth);
    }
    await ask({ alert: ['Close', 'still'] });
  },

  async 'print'(open, holds) {
    await candor('incident', 'declare', '--title', 'On paper', '--text', 'Black on white.', '--silent');
    const { page } = await open({ viewport: { width: 700, height: 1000 }, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    for (const path of ['/', '/history']) {
      await page.goto(site + path);
      holds(`fits the paper at ${path}: ${await tooWide(page)}`, (await tooWide(page)).length === 0);
      const shown = await page.evaluate(() => [...document.querySelectorAll('nav, form, .skip, .languages')]
        .filter((e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden').map((e) => e.className || e.localName));
      holds(`what one can't press isn't printed at ${path}: ${shown.join(', ')}`, shown.length === 0);
      const ink = await page.evaluate(() => getComputedStyle(document.body).color);
      holds(`the words are dark at ${path}, also for who reads in the dark: ${ink}`,
        (ink.match(/[\d.]+/g) ?? []).slice(0, 3).every((part) => Number(part) < 100));
    }
    await candor('incident', 'resolve');
  },

  async 'German and Japanese'(open, holds) {
    const said = {};
    for (const locale of ['en-GB', 'de-AT', 'ja-JP', 'xx']) {
      const { page } = await open({ locale });
      await page.goto(`${site}/`);
      const lang = await page.locator('html').getAttribute('lang');
      holds(`${locale} is answered in ${lang}`, lang === { 'de-AT': 'de', 'ja-JP': 'ja' }[locale] || lang === 'en');
      said[locale] = await page.locator('h1').innerText();
      for (const path of ['/history', '/subscribe', '/no/such/page']) {
        await page.goto(site + path);
        holds(`${locale} is answered in ${lang} at ${path}`, (await page.locator('html').getAttribute('lang')) === lang);
      }
    }
    holds(`three languages are three verdicts: ${Object.values(said).join(' / ')}`,
      new Set([said['en-GB'], said['de-AT'], said['ja-JP']]).size === 3);
    holds('and an unknown one is the site\'s own', said.xx === said['en-GB']);
  },
};
