// A site of everything that nobody should write: no title, table, list, chart or word has a sensible length. In: nothing. Out: a folder to build.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { work } from './site.mjs';

const root = join(work, 'edges');
export const edges = join(root, 'public');

const put = (path, text) => {
  const place = join(root, 'content', path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
};
const both = (path, text) => ['en', 'ur'].forEach(lang => put(`${lang}/${path}`, text(lang)));
const front = values => ['---', ...Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`), '---', ''].join('\n');

const SENTENCE = { en: 'A title that somebody pasted from a whole paragraph ', ur: 'ایک ایسا عنوان جو کسی نے پورے پیرے سے اٹھا لیا ہے ' };
const WORD = { en: 'Donaudampfschiff', ur: 'استحصالات' };
/** A title of 300 characters, and a word of 400 letters without a place to break. */
export const title = lang => SENTENCE[lang].repeat(8).slice(0, 300).trim();
export const word = lang => WORD[lang].repeat(50).slice(0, 400);
export const TAGS = 2000, PAGES = 1000;

const CHARTS = {
  one: 'What,Number\nSessions,71\n',
  zeros: 'What,Number\nA,0\nB,0\nC,0\n',
  negatives: 'What,Change\nA,-3\nB,-12\nC,-7\n',
  gaps: 'What,Number\nA,–\nB,5\nC,\n',
  nothing: 'What,Number\nA,–\nB,\n',
  mixed: 'Year,Change\n2019 (six months of it),30\n2020,-12\n2021,0\n2022,–\n',
  huge: 'What,Number\nA,"999,999,999,999"\nB,1\n',
  many: `What,Number\n${Array.from({ length: 60 }, (_, n) => `Row ${n + 1},${n * 7}`).join('\n')}\n`,
};
export const charts = Object.keys(CHARTS);

/** Writes the site. */
export function write() {
  rmSync(root, { recursive: true, force: true });
  put('site.yaml', `title: {en: Edges, ur: کنارے}
default_language: en
languages:
  - {code: en, name: English, dir: ltr, locale: en-PK}
  - {code: ur, name: اردو, dir: rtl, locale: ur-PK}
theme: default
contact: corrections@example.org
nav:
  - {ref: long/index}
  - {ref: glossary}
  - {ref: empty/index}
exit: {url: "https://example.org/", label: {en: Leave this site, ur: سائٹ سے نکلیں}, approved: true}
`);
  both('index.md', lang => front({ title: title(lang), description: title(lang) }));
  both('about.md', lang => front({ title: { en: 'About', ur: 'تعارف' }[lang] }) + 'Text.\n');
  both('safety.md', lang => front({ title: { en: 'Safety', ur: 'حفاظت' }[lang] }) + 'Text.\n');

  both('long/index.md', lang => front({ title: title(lang), description: word(lang) }));
  both('long/title.md', lang => front({ type: 'guidance', title: title(lang), updated: '2026-11-20', tags: ['one'], related: ['long/word', 'long/digits'] }) + `## ${title(lang)}\n\n${title(lang)}\n\n## ${word(lang)}\n\nText.\n`);
  both('long/word.md', lang => front({ type: 'guidance', title: word(lang), description: word(lang), updated: '2026-11-20', tags: [word(lang).slice(0, 80)], related: ['long/title'], owner: word(lang), sources: [{ title: word(lang), work: word(lang), url: `https://example.org/${'a'.repeat(300)}`, confidence: 'A' }] })
    + `${word(lang)}\n\n> ${word(lang)}\n\n> [!WARNING]\n> ${word(lang)}\n\n1. ${word(lang)}\n\n| A | B |\n|---|---|\n| ${word(lang)} | 1 |\n\n- [ ] ${word(lang)}\n\n\`${word(lang)}\`\n\n    ${word(lang)}\n\n**[${word(lang)}](digits.md)**\n`);
  both('long/digits.md', () => front({ type: 'guidance', title: '1234567890', description: '12345', updated: '2026-11-20' }) + '12345\n\n## 67890\n\n67890\n');
  const row = cell => `| ${Array.from({ length: 40 }, (_, n) => cell(n + 1)).join(' | ')} |\n`;
  both('long/table.md', lang => front({ type: 'guidance', title: { en: 'Forty columns', ur: 'چالیس کالم' }[lang] }) + row(n => `${{ en: 'Column', ur: 'کالم' }[lang]} ${n}`) + row(() => '---') + row(n => 1000 + n));
  both('long/image.md', lang => front({ type: 'guidance', title: { en: 'A missing image', ur: 'غائب تصویر' }[lang] }) + `:::figure{src="../../assets/lost.svg" alt="${{ en: 'What the picture showed', ur: 'تصویر میں کیا تھا' }[lang]}"}\nA caption.\n:::\n\n![${title(lang)}](../../assets/lost.svg)\n`);
  put('assets/lost.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400" viewBox="0 0 800 400"><path d="M0 0h800v400z"/></svg>\n');
  both('long/sop.md', lang => front({ type: 'sop', title: word(lang), code: 'SOP-99', version: '0.1', status: 'draft', updated: '2026-11-20' })
    + `:::step{within="${word(lang)}" basis=practice}\n### ${word(lang)}\n\n- [ ] ${word(lang)}\n:::\n\n:::decision\n${word(lang)}\n\n- **${word(lang)}** ${word(lang)}\n:::\n\n:::do\n- ${word(lang)}\n:::\n\n## ${{ en: 'Field card', ur: 'جیبی کارڈ' }[lang]} {#field-card}\n\n:::card\n**371-A, 377-B, SOP-03** ${word(lang)}\n:::\n`);
  put('en/long/english-only.md', front({ type: 'guidance', title: 'In English only', updated: '2026-11-20' }) + '## A heading\n\n- one\n- two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n');
  put('ur/long/urdu-only.md', front({ type: 'guidance', title: 'صرف اردو میں', updated: '2026-11-20' }) + '## ایک سرخی\n\n- ایک\n- دو\n\n| الف | ب |\n|---|---|\n| 1 | 2 |\n');

  Object.entries(CHARTS).forEach(([name, text]) => put(`data/${name}.csv`, text));
  both('figures.md', lang => front({ type: 'statistics', title: { en: 'Figures', ur: 'اعداد' }[lang] })
    + charts.map(name => `## ${{ en: 'Figures', ur: 'اعداد' }[lang]} ${charts.indexOf(name)} {#${name}}\n\n:::chart{data=${name}.csv${{ nothing: ' show=table', mixed: ' show=columns' }[name] || ''}}\nA caption.\n:::\n`).join('\n'));
  both('tags.md', lang => front({ type: 'guidance', title: { en: 'Two thousand tags', ur: 'دو ہزار موضوعات' }[lang], tags: Array.from({ length: TAGS }, (_, n) => `tag-${n + 1}`) }) + 'Text.\n');

  both('many/index.md', lang => front({ title: { en: 'A thousand pages', ur: 'ایک ہزار صفحات' }[lang] }));
  for (let n = 1; n <= PAGES; n++) both(`many/p${n}.md`, lang => front({ type: 'guidance', title: `${{ en: 'Page', ur: 'صفحہ' }[lang]} ${n}`, weight: n }) + 'Text.\n');
  both('empty/index.md', lang => front({ title: { en: 'Nothing here', ur: 'یہاں کچھ نہیں' }[lang] }));
  both('glossary.md', lang => front({ type: 'glossary', title: { en: 'Glossary', ur: 'فرہنگ' }[lang] }));
  put('data/glossary.yaml', '- {id: debt, en: Debt, ur: قرض, roman: [qarz], definition: {en: Money that is owed., ur: رقم جو ادا کرنی ہو۔}}\n');
}
