// A small library in two languages for the tests of search: its source, built with the program. In: nothing. Out: folders, removed at the end.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The program that was built last. */
export function program() {
  const made = ['debug', 'release'].map(kind => resolve(repository, process.env.CARGO_TARGET_DIR || 'target', kind, 'rahnuma')).filter(existsSync);
  if (!made.length) throw new Error('build the program first: cargo build');
  return made.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

const SITE = `title: {en: Library, ur: کتب خانہ}
default_language: en
stage: preview
languages:
  - {code: en, name: English, dir: ltr}
  - {code: ur, name: اردو, dir: rtl}
vocabularies:
  audience:
    labour: {en: Labour, ur: محنت}
    police: {en: Police, ur: پولیس}
`;
const GLOSSARY = `- {id: forced, en: Forced labour, ur: جبری مشقت, roman: [jabri mushaqqat, jabri mushakat], definition: {en: Work under threat., ur: دھمکی کے تحت کام۔}}
- {id: bonded, en: Bonded labour, ur: بانڈڈ لیبر, roman: [bandhua mazdoori, begar], definition: {en: Work for a debt., ur: قرض کے لیے کام۔}}
- {id: advance, en: Advance, ur: پیشگی, roman: [peshgi], definition: {en: Money before work., ur: کام سے پہلے رقم۔}}
- {id: kiln, en: Brick kiln, ur: بھٹہ, roman: [bhatta], definition: {en: Where bricks are made., ur: جہاں اینٹیں بنتی ہیں۔}}
`;
const page = (front, body) => `---\n${front}\nupdated: 2026-01-01\n---\n${body}\n`;
export const FILES = {
  'site.yaml': SITE,
  'data/glossary.yaml': GLOSSARY,
  'en/index.md': page('title: Home', ''),
  'ur/index.md': page('title: آغاز', ''),
  'en/guidance/signs.md': page('title: Signs of forced labour\ntype: guidance\ndescription: What a visitor can notice.\naudience: [labour]', `Someone works and cannot leave. The signs seldom stand alone.

## Papers are kept {#papers}

The employer keeps the identity card of each labourer. Ask who holds the papers.

## A debt that never ends {#debt}

An advance called peshgi grows faster than the wages of a family at a brick kiln can pay it back. The account book is not shown.`),
  'ur/guidance/signs.md': page('title: جبری مشقت کی علامات\ntype: guidance\ndescription: آنے والا کیا دیکھ سکتا ہے۔\naudience: [labour]', `کوئی کام کرتا ہے اور چھوڑ کر جا نہیں سکتا۔ علامات اکثر اکٹھی ملتی ہیں۔

## کاغذات رکھ لیے جاتے ہیں {#papers}

مالک ہر مزدور کا شناختی کارڈ اپنے پاس رکھتا ہے۔ پوچھیں کہ کاغذات کس کے پاس ہیں۔

## قرض جو ختم نہیں ہوتا {#debt}

پیشگی کی رقم بھٹے پر کام کرنے والے مزدوروں کی اجرت سے تیز بڑھتی ہے۔ کھاتہ دکھایا نہیں جاتا۔`),
  'en/sop/interview.md': page('title: First interview\ntype: guidance\naudience: [police]', `## A room apart {#room}

Find a quiet room. No one from the workplace is present. An interpreter is not a relative.

## Questions {#questions}

Ask open questions. Let the victim tell it in their own order; do not ask twice what hurts.`),
  'ur/sop/interview.md': page('title: پہلا انٹرویو\ntype: guidance\naudience: [police]', `## الگ کمرہ {#room}

پرسکون کمرہ تلاش کریں۔ کام کی جگہ کا کوئی شخص موجود نہ ہو۔ مترجم رشتے دار نہ ہو۔ پولیس کو بتائیں۔

## سوالات {#questions}

کھلے سوالات پوچھیں۔ متاثرین کو اپنی ترتیب سے بتانے دیں۔`),
  'en/law/bonded-labour.md': page('title: Bonded labour in our words', `## What the word means {#s-1}

Work that someone must do because of a debt. Section 371-A of 1992 is another matter.

## Old debts {#s-2}

The text says what becomes of an advance. FIR درج of the debt.`),
  'ur/law/bonded-labour.md': page('title: بانڈڈ لیبر ہمارے الفاظ میں', `## لفظ کے معنی {#s-1}

وہ کام جو قرض کی وجہ سے کرنا پڑے۔ قوانین صوبوں میں الگ ہیں۔ ۱۹۹۲ کی دفعہ 371-A ت پ الگ ہے۔

## پرانے قرضے {#s-2}

متن بتاتا ہے کہ پیشگی کا کیا ہوگا۔ FIR درج کریں۔ رپورٹ ۲۰۲۴ میں۔ حکم امتناعی عدالت دیتی ہے۔`),
  'en/guidance/kilns.md': page('title: Visiting brick kilns\ntype: guidance', 'Kilns stand outside the town. Families live at the kiln. Count the children. The main jail case is closed.'),
  'ur/guidance/terms.md': page('title: رہنما الفاظ\ntype: guidance', `گیارہ علامات میں سے ایک پر شک کریں؛ تھانے جائیں۔ سکول اور ہسپتال سے پوچھیں۔ جال میں کس نے۔

| جگہ | نمبر |
|---|---|
| لاہور | پندرہ |
| کراچی | سولہ |`),
  'en/constructor.md': page('title: "\\\\<img src=x onerror=alert(1)> __proto__"', '\\</script> toString'),
  'en/twin-1.md': page('title: Twins', 'hasOwnProperty constructor'),
  'en/twin-2.md': page('title: Twins', 'hasOwnProperty constructor'),
  'en/empty.md': page('title: Silence', ''),
};
for (let day = 1; day <= 12; day++) FILES[`en/training/day-${day}.md`] = page('title: Training day', 'The whole group meets.');

/** Builds a site of some files over a new folder; `change` may add, replace or remove (null) files of the library. @returns {string} the built folder */
export function built(change = {}, folder = 'site') {
  const root = mkdtempSync(join(tmpdir(), 'rahnuma-search-')), out = join(root, folder);
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ ...FILES, ...change })) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, 'content', name)), { recursive: true });
    writeFileSync(join(root, 'content', name), text);
  }
  execFileSync(program(), ['build', root, '--out', out, '--today', '2026-11-23'], { stdio: ['ignore', 'ignore', 'pipe'] });
  return out;
}

/** The answers of the program to queries, one for each. */
export function ask(site, queries, ...options) {
  const input = queries.map(q => q + '\n').join('');
  return execFileSync(program(), ['search', '-', '--site', site, '--json', ...options], { input, maxBuffer: 1 << 30, encoding: 'utf8' }).trimEnd().split('\n').map(line => JSON.parse(line));
}
