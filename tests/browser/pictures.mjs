// The two pictures of the README, taken from the built output: node tests/browser/pictures.mjs, after prepare.mjs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, scheme, tab } from './lib/browser.mjs';
import { fileAddress, library, repository } from './lib/site.mjs';

const out = join(repository, '.github', 'pictures');
mkdirSync(out, { recursive: true });
const browser = await launch('chromium');
try {
  for (const [name, path] of [['site-en', 'en/index.html'], ['site-ur', 'ur/sop/first-responder/index.html']]) {
    const { page } = await tab(browser, { width: 1200, height: 800 });
    await scheme(page, 'light');
    await page.goto(fileAddress(library, path));
    await page.evaluate(() => document.fonts.ready.then(() => true));
    await page.screenshot({ path: join(out, `${name}.webp`), type: 'webp', quality: 72 });
    await page.close();
  }
} finally {
  await browser.close();
}
