// Hostile words in every field that takes words, and what comes of them in every place where they show: read by a real
// browser, by parsers of XML, JSON and mail. Whatever is in the payloads stays text.

import { readFileSync } from 'node:fs';

import { ask, figure, load, note, run, site, visit } from './lib.mjs';

const { default: PostalMime } = await import(load.resolve('postal-mime'));
const payloads = JSON.parse(readFileSync(new URL('payloads.json', import.meta.url), 'utf8'));

/** What stands in every payload that could run or name something. */
const MARK = 'xq7';
/** Every how many payloads the lists of incidents are read. */
const BATCH = 10;
const LISTS = ['day', 'history', 'subscribe'];
/** What Markdown may make of words. */
const BLOCKS = ['p', 'pre', 'ul', 'ol', 'li', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th', 'td'];
const MARKDOWN = ['a', 'a@href', 'a@rel', 'a@title', 'em', 'strong', 'del', 'code', 'hr', 'br', 'bdi', 'ol@start',
  'table', 'thead', 'tbody', 'tr', ...BLOCKS, ...BLOCKS.map((tag) => `${tag}@dir`)];
const JSONS = ['/api/v1/board.json', '/api/v1/incidents', '/api/v2/summary.json', '/api/v2/incidents.json', '/api/v2/status.json',
  '/feed/json', '/widget.json'];
const XMLS = ['/feed/atom', '/feed/rss', '/history.atom', '/history.rss', '/badge.svg'];

/** In the browser: reads documents and says what there is in them that words could not have brought, and what could. */
function judge([documents, mark]) {
  const dangerous = ['script', 'style', 'link', 'meta', 'base', 'iframe', 'frame', 'object', 'embed', 'form', 'input', 'textarea',
    'select', 'button', 'img', 'image', 'video', 'audio', 'source', 'template', 'portal', 'dialog', 'math', 'foreignObject', 'use',
    'animate', 'set', 'noscript', 'plaintext', 'xmp', 'marquee'];
  const html = (document) => {
    const [parts, wrong, counts] = [new Set(), [], {}];
    for (const e of document.querySelectorAll('*')) {
      const tag = e.localName;
      parts.add(tag);
      if (dangerous.includes(tag)) counts[tag] = (counts[tag] ?? 0) + 1;
      if (['script', 'style'].includes(tag) && e.textContent.includes(mark)) wrong.push(`words inside <${tag}>`);
      for (const { name, value } of e.attributes) {
        parts.add(`${tag}@${name}`);
        if (/^on/i.test(name)) wrong.push(`<${tag} ${name}>`);
        if (name.includes(mark)) wrong.push(`the words name an attribute: <${tag} ${name}>`);
        if (['id', 'class', 'style', 'slot', 'is', 'srcdoc', 'formaction', 'src', 'srcset', 'action'].includes(name) && value.includes(mark)) {
          wrong.push(`the words became <${tag} ${name}="${value}">`);
        }
      }
      const at = e.getAttribute('href') ?? e.getAttribute('xlink:href');
      if (at !== null && ['a', 'area', 'link', 'use', 'image', 'base'].includes(tag)) {
        let protocol = 'none';
        try { protocol = new URL(at.trim(), 'https://here.test/').protocol; } catch { /* leads nowhere */ }
        const own = ['link', 'use', 'image'].includes(tag) ? ['data:'] : ['mailto:', 'webcal:', 'none'];
        if (!['http:', 'https:', ...own].includes(protocol)) wrong.push(`<${tag}> leads to ${at}`);
        if (['link', 'use', 'base'].includes(tag) && at.includes(mark)) wrong.push(`<${tag}> leads to ${at}`);
      }
    }
    const comments = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION);
    while (comments.nextNode()) if (comments.currentNode.data.includes(mark)) wrong.push('the words became a comment');
    return { parts: [...parts], wrong, counts };
  };
  const fragments = (texts) => texts.map((text) => html(new DOMParser().parseFromString(text, 'text/html')));
  const merge = (all) => ({ parts: all.flatMap((one) => one.parts), wrong: all.flatMap((one) => one.wrong), counts: {} });
  return documents.map(({ kind, text }) => {
    if (kind === 'here') return html(document);
    if (kind === 'html') return html(new DOMParser().parseFromString(text, 'text/html'));
    if (kind === 'fragments') return merge(fragments(text));
    const xml = new DOMParser().parseFromString(text, 'application/xml');
    const broken = xml.querySelector('parsererror');
    if (broken) return { parts: [], wrong: [`no XML: ${broken.textContent.slice(0, 200)}`], counts: {} };
    const outside = html(xml);
    const inside = [...xml.querySelectorAll('content[type=html], summary[type=html], title[type=html], description, encoded')];
    const read = merge(fragments(inside.map((e) => e.textContent)));
    return {
      parts: [...outside.parts.map((part) => `xml ${part}`), ...read.parts],
      wrong: [...outside.wrong, ...read.wrong], counts: {},
    };
  });
}

/** The paths of all keys in a document, and the HTML in it. */
function keysOf(value, path = '') {
  if (Array.isArray(value)) return value.flatMap((one) => keysOf(one, `${path}[]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [`json ${path}.${key}`, ...keysOf(inner, `${path}.${key}`)]);
}
function htmlIn(value) {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (/html/.test(key) ? [inner] : []) : htmlIn(inner));
}

/** What is wrong with a calendar, line by line, and which properties it has (RFC 5545). */
function calendar(text) {
  const wrong = [];
  if (/[^\r]\n|\r[^\n]/.test(text)) wrong.push('a line ends without CRLF');
  if (text.split('\r\n').some((line) => Buffer.byteLength(line) > 75)) wrong.push('a line has more than 75 octets');
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)) wrong.push('a control character');
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n').filter(Boolean);
  const parts = lines.map((line) => /^([A-Z-]+)[;:]/.exec(line)?.[1] ?? `no property: ${line.slice(0, 60)}`);
  const depth = [];
  for (const line of lines) {
    if (line.startsWith('BEGIN:')) depth.push(line.slice(6));
    if (line.startsWith('END:') && depth.pop() !== line.slice(4)) wrong.push('BEGIN and END are no pairs');
  }
  return { parts: parts.map((part) => `ics ${part}`), wrong, counts: {} };
}

run(async (browser) => {
  const visitor = await visit(browser, { bypassCSP: true });
  const { page, context, complaints } = visitor;
  await context.addInitScript(() => {
    globalThis.ownedBy = [];
    globalThis.own = (mark) => globalThis.ownedBy.push(mark);
  });
  const bare = await context.newPage();
  const [places, calm] = [new Set(), new Map()];
  let [checks, refused, taken, stranger] = [0, 0, 0, 0];

  /** Compares what a place has with what it has when the words are harmless. */
  function compare(place, family, found, learn) {
    places.add(place);
    checks += 1;
    const known = calm.get(place) ?? { parts: new Set(MARKDOWN), counts: {} };
    const wrong = [...found.wrong];
    if (learn) {
      for (const part of found.parts) known.parts.add(part);
      known.counts = found.counts;
      calm.set(place, known);
    } else {
      // A list that is longer may have a class of its own; whether the words are in it is judged elsewhere.
      const foreign = (part) => !part.endsWith('@class') && !known.parts.has(part);
      wrong.push(...found.parts.filter(foreign).map((part) => `there is ${part}`));
      for (const tag of new Set([...Object.keys(found.counts), ...Object.keys(known.counts)])) {
        const [now, before] = [found.counts[tag] ?? 0, known.counts[tag] ?? 0];
        if (now !== before) wrong.push(`${now} <${tag}> in place of ${before}`);
      }
    }
    return [...new Set(wrong)];
  }

  /** Looks at one place, and notes what is wrong there with these words. */
  async function look(place, words, found, learn) {
    const wrong = compare(place, '', found, learn);
    const owned = await Promise.all([page, bare].map((one) => one.evaluate(() => globalThis.ownedBy?.splice(0) ?? []).catch(() => [])));
    if (owned.flat().length) wrong.push('the words ran');
    wrong.push(...(await complaints()).filter((line) => !/favicon|MIME type|Failed to load/.test(line)));
    note(place, JSON.stringify(words), wrong);
  }

  async function pageAt(place, path, words, learn, method) {
    if (method) {
      // From somebody else each time: who asks too often is told to wait.
      stranger += 1;
      const headers = { 'X-Forwarded-For': `203.0.113.${stranger % 250}` };
      const answer = await context.request.post(site + path, { form: method, headers });
      await bare.setContent(await answer.text(), { waitUntil: 'domcontentloaded' });
      return look(place, words, (await bare.evaluate(judge, [[{ kind: 'here' }], MARK]))[0], learn);
    }
    const response = await page.goto(site + path, { waitUntil: 'domcontentloaded' });
    if (response.status() >= 500) note(place, JSON.stringify(words), `${response.status()}`);
    await look(place, words, (await page.evaluate(judge, [[{ kind: 'here' }], MARK]))[0], learn);
  }

  /** Pages read by the browser's parser, without going there. */
  async function read(pages, words, learn) {
    const answers = await Promise.all(pages.map(([, path]) => context.request.get(site + path)));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    const found = await bare.evaluate(judge, [texts.map((text) => ({ kind: 'html', text })), MARK]);
    for (const [n, [place]] of pages.entries()) {
      const status = answers[n].status();
      // A place that isn't there proves nothing.
      if (learn && status !== 200 && place !== 'an address') found[n].wrong.push(`${status}`);
      await look(place, words, found[n], learn);
    }
  }

  async function documents(words, learn, incident) {
    const get = async (path) => {
      const answer = await context.request.get(site + path);
      if (!answer.ok()) note(path, 'all', learn ? `${answer.status()}` : []);
      return answer.ok() ? answer.text() : undefined;
    };
    for (const path of XMLS) {
      const text = await get(path);
      if (text === undefined) continue;
      const [found] = await bare.evaluate(judge, [[{ kind: 'xml', text }], MARK]);
      await look(path, words, found, learn);
    }
    for (const path of [...JSONS, `/api/v1/incidents/${incident}`]) {
      const text = await get(path);
      if (text === undefined) continue;
      let found;
      try {
        const value = JSON.parse(text);
        [found] = await bare.evaluate(judge, [[{ kind: 'fragments', text: htmlIn(value) }], MARK]);
        found.parts.push(...keysOf(value));
      } catch (error) {
        found = { parts: [], wrong: [`no JSON: ${error.message}`], counts: {} };
      }
      await look(path.replace(/\d+$/, 'N'), words, found, learn);
    }
    const text = await get('/calendar.ics');
    if (text !== undefined) await look('/calendar.ics', words, calendar(text), learn);
  }

  const innocent = ['calm', 'A calm sentence with `code`, *weight* and [a link](https://acme.example/), nothing else.'];
  for (const [round, [, words]] of [innocent, innocent, ...payloads].entries()) {
    const learn = round < 2;
    const now = await ask({ words });
    refused += now.refused;
    taken += now.taken;
    const visited = ['front', 'incident', 'postmortem'];
    const of = (pages, one) => Object.entries(pages).filter(([place]) => visited.includes(place) === one);
    for (const [place, path] of of(now.pages, true)) await pageAt(place, path, words, learn);
    await read(of(now.pages, false), words, learn);
    // These list the latest incidents: of several payloads at once.
    const listed = learn || round % BATCH === 0 || round === payloads.length + 1;
    if (listed) await documents(words, learn, now.incident);
    const over = await ask({ over: words });
    for (const [place, path] of of(over.pages, true)) await pageAt(place, path, words, learn);
    await read(of(over.pages, false).filter(([place]) => listed || !LISTS.includes(place)), words, learn);
    // What a stranger may send: addresses, questions and forms.
    const asked = encodeURIComponent(words.replace(/[\ud800-\udfff\0]/gu, ''));
    await read([['an address', `/${asked}`], ['a question', `/?lang=${asked}&q=${asked}`]], words, learn);
    await pageAt('the form', '/subscribe', words, learn,
      { email: words, kind: 'mail', language: words, time_zone: words, scope: words, address: words });
  }

  const { mails } = await ask({ mails: true });
  const [headers] = [new Set()];
  for (const [at, { raw, to }] of mails.entries()) {
    const mail = await PostalMime.parse(raw);
    const wrong = [];
    const names = mail.headers.map(({ key }) => key);
    // The first few have only harmless words in them.
    if (at < 4) names.forEach((name) => headers.add(name));
    wrong.push(...names.filter((name) => !headers.has(name)).map((name) => `a header ${name}`));
    for (const name of ['from', 'to', 'subject', 'date', 'message-id']) {
      if (names.filter((one) => one === name).length !== 1) wrong.push(`not one header ${name}`);
    }
    if (to.length !== 1 || mail.to.length !== 1 || mail.to[0].address !== to[0] || mail.cc?.length || mail.bcc?.length) wrong.push(`it goes to ${JSON.stringify(mail.to)}`);
    if (mail.attachments.length) wrong.push('it has an attachment');
    if (/[\r\n\0]/.test(mail.subject)) wrong.push('its subject has several lines');
    await bare.setContent(mail.html, { waitUntil: 'domcontentloaded' });
    const [found] = await bare.evaluate(judge, [[{ kind: 'here' }], MARK]);
    // A mail brings its own style, and has nothing else of the kind.
    found.wrong.push(...Object.keys(found.counts).filter((tag) => !['meta', 'style', 'link'].includes(tag)).map((tag) => `there is <${tag}>`));
    await look('a mail', mail.subject, { ...found, parts: [], counts: {}, wrong: [...wrong, ...found.wrong] }, false);
  }
  figure(`${payloads.length} payloads × ${places.size} places: ${checks} documents judged, ${mails.length} mails among them; ` +
    `${taken} fields took the words, ${refused} refused them`);
});
