import { createRequire } from 'node:module';
import type { Bench } from './bench.ts';
import type { Crowd } from './crowd.ts';

/** As pgvector builds and as the library asks it, so that both look equally hard. */
const [LINKS, EF_CONSTRUCTION, SEED] = [16, 64, 1];
const FACES_BETWEEN_LOOKS = 1_000;

interface HnswIndex {
  initIndex(maxElements: number, links: number, efConstruction: number, seed: number): void;
  addPoint(point: number[], label: number): void;
  setEf(ef: number): void;
  searchKnn(
    query: number[],
    neighbours: number,
    filter?: (label: number) => boolean,
  ): { neighbors: number[]; distances: number[] };
}

type HnswConstructor = new (metric: 'l2', dimension: number) => HnswIndex;

/** hnswlib over all faces of a crowd, in this process and without a database. */
export class HnswlibPeer {
  readonly #index: HnswIndex;
  readonly #crowd: Crowd;

  constructor(index: HnswIndex, crowd: Crowd) {
    this.#index = index;
    this.#crowd = crowd;
  }

  /** Faces and their L2 distances, nearest first; `face` itself is among them. */
  nearest(face: number, count: number, filter?: (face: number) => boolean): { faces: number[]; distances: number[] } {
    const { neighbors, distances } = this.#index.searchKnn([...this.#crowd.vector(face)], count, filter);
    return { faces: neighbors, distances: distances.map(Math.sqrt) };
  }
}

/** hnswlib over the crowd; null, and said so, where it is not installed or the build took too long. */
export async function openHnswlib({ crowd, figures }: Bench, ef: number): Promise<HnswlibPeer | null> {
  const Hnswlib = loadHnswlib();
  if (!Hnswlib) {
    figures.add({ name: 'hnswlib', note: 'skipped: hnswlib-node is not installed' });
    return null;
  }
  return figures.timed('hnswlib: building', (signal, progress) => buildHnswlib(Hnswlib, crowd, { ef, signal, progress }));
}

/**
 * `hnswlib-node`, or what the folder of HNSWLIB_NODE holds; null where it is not installed. It needs a compiler (`npm install --no-save hnswlib-node`), so
 * it is no dependency.
 */
function loadHnswlib(): HnswConstructor | null {
  try {
    const hnswlib = createRequire(import.meta.url)(process.env.HNSWLIB_NODE ?? 'hnswlib-node') as {
      HierarchicalNSW: HnswConstructor;
    };
    return hnswlib.HierarchicalNSW;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return null;
  }
}

/** Rejects with the signal's reason when that aborts. */
async function buildHnswlib(
  Hnswlib: HnswConstructor,
  crowd: Crowd,
  { ef, signal, progress }: { ef: number; signal: AbortSignal; progress: (done: number) => void },
): Promise<HnswlibPeer> {
  const index = new Hnswlib('l2', crowd.dimension);
  index.initIndex(crowd.size, LINKS, EF_CONSTRUCTION, SEED);
  for (let face = 0; face < crowd.size; face++) {
    if (face % FACES_BETWEEN_LOOKS === 0) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
      progress(face / crowd.size);
    }
    index.addPoint([...crowd.vector(face)], face);
  }
  index.setEf(ef);
  return new HnswlibPeer(index, crowd);
}
