// Watches the search that `serve` hands out. In: the port, the most seconds for a word, then lines "LANGUAGE WORD ADDRESS". Out: for each, "served" as soon as the shard in
// which a browser looks the word up has it, under the generation that search.js names; then "found", once the shipped engine, with its files
// over HTTP, finds the page at that address by the word as it is typed.
import http from 'node:http';
import { createInterface } from 'node:readline';

const port = Number(process.argv[2]), agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

const get = name => new Promise((done, fail) => {
  http.get({ port, agent, path: '/search/' + name, host: '127.0.0.1' }, answer => {
    const pieces = [];
    answer.on('data', piece => pieces.push(piece));
    answer.on('end', () => { if (answer.statusCode === 200) done(Buffer.concat(pieces).toString('utf8')); else fail(new Error(name + ' ' + answer.statusCode)); });
  }).on('error', fail);
});

/** The engine of a script; its files come from the server, where Node would read them from a folder. */
function engine(script) {
  const module = {}, require = () => ({ promises: { readFile: get } });
  new Function('module', 'require', '__filename', script)(module, require, 'search.js');
  return module.exports;
}

const { skeleton } = engine(await get('search.js')).analysis;

/** The name of the file that has a word, if the index has it. */
function place(script, lang, word) {
  const shelf = JSON.parse(/^const SHELVES=(.*);$/m.exec(script)[1]).find(shelf => shelf.code === lang), keys = shelf.keys.split(' ');
  const number = Math.max(0, keys.filter(key => key <= skeleton(word)).length - 1);
  return `${lang}-${shelf.generation}-${shelf.one ? 'all' : 's' + number}.js`;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [lang, word, address] = line.split(' '), patience = setTimeout(() => process.exit(1), 1000 * process.argv[3]);
  for (let last = ''; ;) {
    const script = await get('search.js');
    // The index may be made anew between the two, which takes its files away; the next script names others.
    if (script !== last && (await get(place(script, lang, word)).catch(() => '')).split(/["\s]|\\n/).includes(word)) break;
    last = script;
    await new Promise(done => setTimeout(done, 1));
  }
  console.log('served');
  for (;;) {
    const { results } = await engine(await get('search.js')).search(word, { lang, only: lang }).catch(() => ({ results: [] }));
    if (results.some(hit => hit.url === address && hit.why === 'exact')) break;
  }
  clearTimeout(patience);
  console.log('found');
}
process.exit();
