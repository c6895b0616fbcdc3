// Measures of a ranking. In: document ids, best first, and what each is worth. Out: numbers between 0 and 1, and statistics of lists.

/** @param {string[]} ranking @param {Map<string, number>} gains */
export function scores(ranking, gains, depth = 10) {
  const top = ranking.slice(0, depth), first = top.findIndex(id => gains.has(id));
  const sum = list => list.reduce((total, gain, place) => total + gain / Math.log2(place + 2), 0);
  const best = sum(Array.from(gains.values()).sort((a, b) => b - a).slice(0, depth));
  return {
    mrr: first < 0 ? 0 : 1 / (first + 1),
    recall: top.filter(id => gains.has(id)).length / gains.size,
    ndcg: sum(top.map(id => gains.get(id) || 0)) / best,
  };
}

export const mean = list => list.reduce((a, b) => a + b, 0) / (list.length || 1);

/** The value that this share of the list does not exceed. */
export function share(list, part) {
  const sorted = list.slice().sort((a, b) => a - b);
  return sorted.length ? sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] : 0;
}

export const rounded = (value, digits) => Number(value.toFixed(digits));
