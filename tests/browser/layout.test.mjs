// What only a browser can measure: mirroring, overflow on narrow phones, size of targets, the Urdu face, dark colours.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { KINDS, launch, scheme, sticking, tab } from './lib/browser.mjs';
import { common, fileAddress, library, serve, templates } from './lib/site.mjs';

const server = await serve(library);
after(() => server.close());
const views = [...templates.flatMap(({ name, site, path }) => ['en', 'ur'].map(lang => ({ name: `${name} ${lang}`, site, path: path(lang) }))), ...common.map(({ name, site, path }) => ({ name, site, path: path() }))];

/**
 * Controls under 24 px that have another within the 24 px circle around their middle (WCAG 2.5.8); links inside a sentence are exempt
 * there too. Buttons and the like have no such excuse. Runs in the page.
 */
function small() {
  const targets = [];
  for (const node of document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')) {
    const style = getComputedStyle(node), shown = node.labels && node.labels.length ? node.labels[0] : node, box = shown.getBoundingClientRect();
    // What a closed fold holds has boxes in some browsers, and nobody can hit it.
    if (node.localName !== 'summary' && node.closest('details:not([open])')) continue;
    if (!node.getClientRects().length || style.visibility !== 'visible' || node.disabled || node.closest('.vh, .skip') || box.width <= 1) continue;
    targets.push({ node, box, inline: style.display === 'inline', boxes: Array.from(shown.getClientRects()), tight: box.width < 23.5 || box.height < 23.5 });
  }
  const inSentence = ({ node, inline }) => {
    if (!inline) return false;
    let block = node.parentElement;
    while (/^inline/.test(getComputedStyle(block).display)) block = block.parentElement;
    return block.innerText.trim().length > node.innerText.trim().length + 1;
  };
  const middle = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const away = ([x, y], box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const crowded = target => targets.some(other => {
    if (other === target || other.node.contains(target.node) || target.node.contains(other.node)) return false;
    const from = middle(target), to = middle(other);
    return other.boxes.some(box => away(from, box) < 12) || (other.tight && Math.hypot(from[0] - to[0], from[1] - to[1]) < 24);
  });
  const found = targets.filter(target => target.tight && (target.inline ? !inSentence(target) && crowded(target) : true));
  return found.map(({ node, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${node.tagName.toLowerCase()}.${node.className} in ${node.parentElement.tagName.toLowerCase()}.${node.parentElement.className} "${(node.innerText || node.id).trim().slice(0, 24)}"`).slice(0, 6);
}

for (const kind of KINDS) {
  test(`layout in ${kind}`, async t => {
    const browser = await launch(kind);
    t.after(() => browser.close());
    for (const width of [320, 360, 768, 1280]) {
      // Firefox takes longer, and its narrowest view says what its others would.
      if (kind === 'firefox' && width !== 320 && width !== 1280) continue;
      await t.test(`nothing sticks out and every target can be hit at ${width} px`, async () => {
        const wrong = [], { page } = await tab(browser, { width, mobile: width < 700 });
        for (const { name, site, path } of views) {
          await page.goto(fileAddress(site, path));
          await page.evaluate(() => document.fonts.ready.then(() => true));
          wrong.push(...[...await page.evaluate(sticking, width), ...await page.evaluate(small)].map(text => `${name}: ${text}`));
        }
        assert.deepEqual(wrong, []);
      });
    }

    await t.test('the header is mirrored in Urdu', async () => {
      const { page } = await tab(browser, { width: 1280 });
      const places = async lang => {
        await page.goto(fileAddress(library, `${lang}/law/index.html`));
        await page.evaluate(() => document.fonts.ready.then(() => true));
        return page.evaluate(() => ['.brand', '.search-open', '.langs', '.exit'].map(selector => { const box = document.querySelector(selector).getBoundingClientRect(); return (box.left + box.right) / 2; }));
      };
      const rising = list => list.every((x, i) => !i || x > list[i - 1]);
      const [en, ur] = [await places('en'), await places('ur')];
      assert.ok(rising(en), `English, left to right: ${en}`);
      assert.ok(rising(ur.slice().reverse()), `Urdu, right to left: ${ur}`);
      assert.ok(en[0] < 400 && ur[0] > 880, `the brand at ${en[0]} and ${ur[0]}`);
    });

    await t.test('the header stays and nothing hides the focus', async () => {
      const { page } = await tab(browser, { width: 360, height: 640 });
      if (kind === 'chromium') await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);   // no smooth scrolling
      await page.goto(fileAddress(library, 'en/sop/first-responder/index.html'));
      const hidden = [];
      for (let step = 0; step < 40; step++) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate(() => {
          const node = document.activeElement, box = node.getBoundingClientRect();
          if (node === document.body || node.closest('.top, .skip') || !box.width) return '';
          const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 1), innerHeight - 1);
          const top = document.elementFromPoint(x, y);
          return top && (node.contains(top) || top.contains(node) || (node.labels && node.labels[0] && node.labels[0].contains(top))) ? '' : `${node.tagName} "${node.innerText || node.id}" behind ${top && top.className}`;
        });
        if (name) hidden.push(name);
      }
      assert.deepEqual(hidden, []);
    });

    await t.test('only pages that show Urdu ask for its face, and use it', async () => {
      const wrong = [];
      for (const { name, path } of views.filter(view => view.site === library && !view.path.startsWith('downloads/'))) {
        const { page } = await tab(browser, { origin: server.origin });
        server.asked.length = 0;
        await page.goto(server.origin + path);
        await page.evaluate(() => document.fonts.ready.then(() => true));
        const asked = server.asked.some(path => path.endsWith('.woff2')), wanted = !path.startsWith('en/') && path !== '404.html' || path === 'en/glossary/index.html';
        const loaded = await page.evaluate(() => Array.from(document.fonts).some(face => /Nastaliq/.test(face.family) && face.status === 'loaded'));
        const family = await page.evaluate(() => getComputedStyle(document.querySelector('html[lang=ur] h1, main [lang=ur] .leaf-title') || document.querySelector('h1')).fontFamily);
        if (asked !== wanted || loaded !== wanted) wrong.push(`${name}: asked ${asked}, loaded ${loaded}`);
        if (wanted && !path.startsWith('en/') && !/^"?Rahnuma Nastaliq/.test(family)) wrong.push(`${name}: ${family}`);
        await page.close();
      }
      assert.deepEqual(wrong, []);
    });

    await t.test('the Urdu face changes the measure of Urdu, and leaves Latin figures alone', async () => {
      const { page } = await tab(browser, { width: 1280 });
      await page.goto(fileAddress(library, 'ur/law/ptpa-2018/index.html'));
      const widths = await page.evaluate(async () => {
        await document.fonts.ready;
        const measure = (text, family) => { const node = document.createElement('span'); node.style.cssText = `font:40px ${family};position:absolute;white-space:nowrap`; node.textContent = text; document.body.append(node); const width = node.getBoundingClientRect().width; node.remove(); return width; };
        const face = '"Rahnuma Nastaliq"';
        return { urdu: measure('جبری مشقت', `${face},monospace`) - measure('جبری مشقت', 'monospace'), latin: measure('371-A', `${face},monospace`) - measure('371-A', 'monospace') };
      });
      assert.notEqual(Math.round(widths.urdu), 0);
      assert.equal(Math.round(widths.latin), 0);
    });
  });

  test(`dark colours in ${kind}`, async t => {
    const browser = await launch(kind, { dark: true });
    t.after(() => browser.close());
    const { page } = await tab(browser);
    if (kind === 'chromium') await scheme(page, 'dark');
    const wrong = [];
    for (const { name, site, path } of views) {
      await page.goto(fileAddress(site, path));
      const [text, ground] = await page.evaluate(() => {
        const light = colour => { const [r, g, b] = colour.match(/[\d.]+/g).map(Number); return (r * 2 + g * 7 + b) / 10; };
        const opaque = at => (/, 0\)$|transparent/.test(getComputedStyle(at).backgroundColor) && at.parentElement ? opaque(at.parentElement) : getComputedStyle(at).backgroundColor);
        const main = document.querySelector('main');
        return [light(getComputedStyle(main).color), light(opaque(main))];
      });
      if (!(ground < 60 && text > 180)) wrong.push(`${name}: text ${text} on ${ground}`);
    }
    assert.deepEqual(wrong, []);
  });
}
