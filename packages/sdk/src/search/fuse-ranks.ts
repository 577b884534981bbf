/**
 * Reciprocal rank fusion's constant: how little the first places of one list may outweigh being in two lists. 60 is the value of the
 * paper that introduced it (Cormack, Clarke and Büttcher, SIGIR 2009), and the usual one since.
 */
const RANK_OFFSET = 60;

/**
 * Mixes ranked lists whose scores cannot be compared, such as text ranks and distances: an item scores 1 / (60 + place) in each list
 * that holds it. Returns the score of every item.
 */
export function fuseRanks<Item>(lists: readonly (readonly Item[])[]): Map<Item, number> {
  const scores = new Map<Item, number>();
  for (const list of lists) {
    list.forEach((item, place) => {
      scores.set(item, (scores.get(item) ?? 0) + 1 / (RANK_OFFSET + place + 1));
    });
  }
  return scores;
}
