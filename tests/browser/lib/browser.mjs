// Real browsers: Debian's Chromium and Firefox ESR, each with and without JavaScript, and a record of everything a page complains about.
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

export const KINDS = ['chromium', 'firefox'];

function program(...places) {
  const found = places.find(place => place && existsSync(place));
  if (!found) throw new Error(`none of these is installed: ${places.filter(Boolean).join(', ')}`);
  return found;
}

/** @param {'chromium'|'firefox'} kind */
export function launch(kind, { javascript = true, dark = false, env } = {}) {
  if (kind === 'chromium') {
    return puppeteer.launch({
      browser: 'chrome',
      executablePath: program(process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'),
      headless: true,
      env,
      protocolTimeout: 30000,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--lang=en-GB'],
    });
  }
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: program(process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'),
    headless: true,
    protocolTimeout: 30000,
    extraPrefsFirefox: {
      'security.fileuri.strict_origin_policy': true,
      'javascript.enabled': javascript,
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'browser.startup.page': 0,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  });
}

/** A tab that keeps what went wrong in `problems`: errors, refusals by policy, failed requests, requests to another host. */
export async function tab(browser, { javascript = true, origin = 'file:', width, height = 800, mobile = false } = {}) {
  const page = await browser.newPage(), problems = [], chromium = (await browser.version()).startsWith('Chrome') || (await browser.version()).startsWith('Headless');
  page.on('console', message => { if (message.type() === 'error') problems.push(`console: ${message.text()}`); });
  page.on('pageerror', error => problems.push(`error: ${error.message}`));
  page.on('requestfailed', request => problems.push(`failed: ${request.url()} ${request.failure()?.errorText || ''}`));
  page.on('request', request => { if (!request.url().startsWith(origin) && !/^(data|about):/.test(request.url())) problems.push(`elsewhere: ${request.url()}`); });
  page.setDefaultTimeout(10000);
  if (javascript) {
    await page.evaluateOnNewDocument(() => {
      window.refused = [];
      addEventListener('securitypolicyviolation', event => window.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
    });
  }
  if (chromium && !javascript) await page.setJavaScriptEnabled(false);
  if (width) await page.setViewport({ width, height, isMobile: chromium && mobile, hasTouch: chromium && mobile });
  return { page, problems };
}

/** Dark or light, in Chromium. Firefox takes it from its preferences. */
export const scheme = (page, value) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);

/** Boxes that stick out of the page sideways, the innermost ones; what scrolls in its own box is fine. Runs in the page. */
export function sticking(width) {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > width || innerWidth > width) {
    const scrolls = node => { for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true; return false; };
    const out = Array.from(document.body.querySelectorAll('*')).filter(node => {
      const box = node.getBoundingClientRect();
      return box.width > 1 && (box.right > width + 1 || box.left < -1) && getComputedStyle(node).visibility === 'visible' && !scrolls(node);
    });
    found.push(`${Math.max(root.scrollWidth, innerWidth)} px wide: ${out.filter(node => !out.some(other => other !== node && node.contains(other))).slice(0, 4).map(node => `${node.tagName.toLowerCase()}.${node.className} "${node.textContent.trim().slice(0, 30)}"`).join(', ')}`);
  }
  return found;
}

/** Boxes that hide a part of what they hold; a lost picture shows its text, whatever its box says. Runs in the page. */
export function cutOff() {
  const cut = node => node.naturalWidth !== 0 && /hidden|clip/.test(getComputedStyle(node).overflow) && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1);
  return Array.from(document.querySelectorAll('main *, .bar *')).filter(node => node.getClientRects().length && !node.closest('.vh, svg, thead') && cut(node)).map(node => node.className).slice(0, 3);
}

/** Runs `each` over all items, `width` at a time. */
export async function crowd(items, width, each) {
  const rest = items.slice();
  const worker = async number => { for (let item; (item = rest.shift()) !== undefined;) await each(item, number); };
  await Promise.all(Array.from({ length: width }, (_, number) => worker(number)));
}

export const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** The address of a tab once it has loaded one that fits. */
export const arrived = (page, fits) => until(`an address like ${fits}`, () => page.evaluate(() => document.readyState === 'complete' && location.href).then(href => (fits instanceof RegExp ? fits.test(href) : fits === href)));

/** Goes back as a script may. Puppeteer's own way never ends in Firefox when the pages are files. */
export const back = page => page.evaluate(() => { setTimeout(() => history.back(), 0); });

/** Asks again until the answer is yes. */
export async function until(what, ask, limit = 10000) {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask().catch(() => null);   // a page that is just leaving cannot be asked
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${limit} ms in vain for ${what}`);
    await pause(40);
  }
}

/** Opens the search dialog of a page and waits for what it says about the words. */
export async function search(page, words) {
  await page.click('.tools .search-open');
  await until('the dialog', () => page.evaluate(() => document.activeElement && document.activeElement.id === 'finder-box'));
  if (!words) return;
  await page.keyboard.type(words);
  await until('an answer', () => page.$eval('.finder-count', node => /\d|[.۔]$/.test(node.textContent)));
}
