// What the site keeps on a device, under Node: ticks of one version of one procedure, and nothing when storage is off.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const place = new URL('../../themes/default/assets/kept.js', import.meta.url);
const load = globals => { const root = vm.createContext(globals); vm.runInContext(readFileSync(place, 'utf8'), root, { filename: place.pathname }); return root.rahnumaKept; };

/** A browser's storage. */
class Memory {
  #values = new Map();
  get length() { return this.#values.size; }
  key(place) { return [...this.#values.keys()][place]; }
  getItem(key) { return this.#values.get(key) ?? null; }
  setItem(key, value) { this.#values.set(key, String(value)); }
  removeItem(key) { this.#values.delete(key); }
}
const plain = value => JSON.parse(JSON.stringify(value));
const ticks = { version: '0.1', shape: '4.3', day: '2026-11-27', done: ['step-1/1', 'step-2/3'] };

test('ticks come back for the same version and the same steps only', () => {
  const kept = load({ localStorage: new Memory(), sessionStorage: new Memory() });
  assert.equal(kept.write('SOP-01', ticks), true);
  assert.deepEqual(plain(kept.read('SOP-01', '0.1', '4.3')), ticks);
  assert.equal(kept.read('SOP-01', '0.2', '4.3'), null);
  assert.equal(kept.read('SOP-01', '0.1', '4.4'), null);
  assert.equal(kept.read('SOP-02', '0.1', '4.3'), null);
});

test('the last tick taken off leaves nothing behind', () => {
  const localStorage = new Memory(), kept = load({ localStorage, sessionStorage: new Memory() });
  kept.write('SOP-01', ticks);
  kept.write('SOP-01', { ...ticks, done: [] });
  assert.equal(localStorage.length, 0);
});

test('only ids of ticks, version, steps and day are stored', () => {
  const localStorage = new Memory(), kept = load({ localStorage, sessionStorage: new Memory() });
  kept.write('SOP-01', ticks);
  assert.equal(localStorage.length, 1);
  assert.equal(localStorage.getItem('rahnuma:ticks:SOP-01'), JSON.stringify(ticks));
});

test('what is kept is listed, and cleared without touching what others keep', () => {
  const localStorage = new Memory(), kept = load({ localStorage, sessionStorage: new Memory() });
  localStorage.setItem('other', 'stays');
  kept.write('SOP-03', ticks);
  kept.write('SOP-01', ticks);
  kept.setPrivate(true);
  assert.deepEqual(plain(kept.codes()), ['SOP-01', 'SOP-03']);
  kept.clear();
  assert.deepEqual(plain(kept.codes()), []);
  assert.equal(kept.isPrivate(), false);
  assert.equal(localStorage.getItem('other'), 'stays');
});

test('asked not to save, it forgets and keeps nothing while the tab is open', () => {
  const localStorage = new Memory(), kept = load({ localStorage, sessionStorage: new Memory() });
  kept.write('SOP-01', ticks);
  assert.equal(kept.setOff(true), true);
  assert.equal(kept.write('SOP-01', ticks), false);
  assert.deepEqual([localStorage.length, kept.saves(), kept.off()], [0, false, true]);
  kept.setOff(false);
  assert.deepEqual([kept.write('SOP-01', ticks), kept.saves()], [true, true]);
});

test('with storage blocked or full nothing is kept and nothing breaks', () => {
  const blocked = {};
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(blocked, name, { get() { throw new Error('SecurityError'); } });
  const full = new Memory();
  full.setItem = () => { throw new Error('QuotaExceededError'); };
  for (const kept of [load(blocked), load({ localStorage: full, sessionStorage: new Memory() }), load({})]) {
    assert.equal(kept.write('SOP-01', ticks), false);
    assert.deepEqual([kept.read('SOP-01', '0.1', '4.3'), plain(kept.codes()), kept.saves()], [null, [], false]);
    kept.clear();
  }
});

test('what somebody else wrote under its name is no ticks', () => {
  const localStorage = new Memory(), kept = load({ localStorage, sessionStorage: new Memory() });
  for (const text of ['', 'null', '{', '[]', '{"version":"0.1","shape":"4.3","done":"all"}']) {
    localStorage.setItem('rahnuma:ticks:SOP-01', text);
    assert.equal(kept.read('SOP-01', '0.1', '4.3'), null, text);
  }
});
