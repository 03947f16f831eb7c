// One page of a browser that a test drives: each line on stdin is a command, each `{ask}` on stdout is its result.

import { ask, run, visit } from './lib.mjs';

run(async (browser) => {
  const [width, height] = process.argv.slice(2).map(Number);
  const { page, complaints } = await visit(browser, { viewport: { width, height }, deviceScaleFactor: 2, isMobile: true });
  /** A page that a click leads to may take the place of the one at hand. */
  const evaluate = (script) => page.evaluate(script).catch(() => page.waitForLoadState().then(() => page.evaluate(script)));
  const commands = {
    go: async ({ url }) => { await page.goto(url); },
    click: ({ css }) => page.locator(css).first().click(),
    type: ({ css, text }) => page.locator(css).first().fill(text),
    run: ({ script }) => evaluate(`(() => { ${script} })()`),
    complaints,
  };
  for (let result; ;) {
    const command = await ask(result ?? null);
    result = await commands[command.do](command);
  }
});
