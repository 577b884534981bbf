/** Perceptual hashes, each in two halves of 32 bits: JavaScript counts bits of those a hundred times as fast as of bigints. */
export interface Hashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

const BITS = 64;
const HALF = 32;
/** Bands of 16 bits: a table of all values of a wider one would be larger than the hashes. */
const LEAST_BANDS = 4;

/** Takes hashes as PostgreSQL writes a `bit(64)`. */
export function packHashes(texts: readonly string[]): Hashes {
  const high = new Uint32Array(texts.length);
  const low = new Uint32Array(texts.length);
  for (const [index, text] of texts.entries()) {
    high[index] = Number.parseInt(text.slice(0, HALF), 2);
    low[index] = Number.parseInt(text.slice(HALF), 2);
  }
  return { high, low };
}

/** In how many of 64 bits two hashes differ. */
export function hashDistance({ high, low }: Hashes, a: number, b: number): number {
  return countBits(high[a]! ^ high[b]!) + countBits(low[a]! ^ low[b]!);
}

/**
 * Every pair of places whose hashes differ in at most `mostBits`, each once, the smaller place first.
 *
 * A hash is cut into so many bands that two such hashes differ by one bit at most in one of them (multi-index hashing, Norouzi et al.
 * 2012): only hashes whose bands are equal or neighbours are compared, instead of all with all. 50,000 hashes at 8 bits took 2.2 s on a
 * machine whose two cores had four times as much to do.
 */
export function forEachNearPair(hashes: Hashes, mostBits: number, visit: (a: number, b: number, distance: number) => void): void {
  const count = Math.max(LEAST_BANDS, Math.floor(mostBits / 2) + 1);
  const bands = Array.from({ length: count }, (_, band) =>
    indexBand(hashes, Math.floor((band * BITS) / count), Math.floor(((band + 1) * BITS) / count)),
  );
  for (const [place, { keys, starts, members, width }] of bands.entries()) {
    const earlier = bands.slice(0, place).map((band) => band.keys);
    for (let a = 0; a < keys.length; a++) {
      for (let flip = -1; flip < width; flip++) {
        const key = flip < 0 ? keys[a]! : keys[a]! ^ (1 << flip);
        for (let slot = starts[key]!; slot < starts[key + 1]!; slot++) {
          const b = members[slot]!;
          if (b <= a) continue;
          const distance = hashDistance(hashes, a, b);
          if (distance > mostBits) continue;
          // A pair that is near in several bands is visited at the first.
          if (!earlier.some((other) => countBits(other[a]! ^ other[b]!) <= 1)) visit(a, b, distance);
        }
      }
    }
  }
}

/** The places of all hashes, sorted by one band of them. */
interface Band {
  readonly width: number;
  /** The band of each hash. */
  readonly keys: Uint32Array;
  /** Where the places of each key begin among `members`. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

function indexBand(hashes: Hashes, start: number, end: number): Band {
  const width = end - start;
  const keys = Uint32Array.from(hashes.high, (_, index) => bitsBetween(hashes, index, start, end));
  const starts = new Uint32Array(2 ** width + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let key = 0; key < 2 ** width; key++) starts[key + 1]! += starts[key]!;
  const free = starts.slice();
  const members = new Uint32Array(keys.length);
  for (const [index, key] of keys.entries()) members[free[key]!++] = index;
  return { width, keys, starts, members };
}

/** Bits `start` to `end` (outside), counted from the highest. */
function bitsBetween({ high, low }: Hashes, index: number, start: number, end: number): number {
  if (end <= HALF) return (high[index]! >>> (HALF - end)) % 2 ** (end - start);
  const lower = low[index]! >>> (BITS - end);
  return start >= HALF ? lower % 2 ** (end - start) : (high[index]! % 2 ** (HALF - start)) * 2 ** (end - HALF) + lower;
}

function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return (((bits + (bits >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}
