const ownBatches = new Set<string>();
const underWay = new Set<Promise<unknown>>();

/** Remembers by which batch this page changed something: what it shows of that is old by its own doing. */
export async function rememberChange<T>(change: Promise<T>): Promise<T> {
  underWay.add(change);
  try {
    const answer = await change;
    if (hasBatch(answer)) ownBatches.add(answer.batchId);
    return answer;
  } finally {
    underWay.delete(change);
  }
}

/** Whether a change was made by this page, in this tab; one that is on its way is waited for. */
export async function isOwnChange(batchId: string): Promise<boolean> {
  await Promise.allSettled(underWay);
  return ownBatches.has(batchId);
}

function hasBatch(answer: unknown): answer is { batchId: string } {
  return typeof answer === 'object' && answer !== null && 'batchId' in answer && typeof answer.batchId === 'string';
}
