import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forEachNearPair, hashDistance, packHashes } from './near-pairs.ts';

const bits = (value: bigint) => BigInt.asUintN(64, value).toString(2).padStart(64, '0');

/** Some hashes, and some that differ from them in a few bits anywhere. */
const hashes = fc
  .array(fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.array(fc.nat(63), { maxLength: 12 })), { maxLength: 25 })
  .map((seeds) => seeds.flatMap(([hash, flips]) => [hash, flips.reduce((other, flip) => other ^ (1n << BigInt(flip)), hash)]));

function plainDistance(a: bigint, b: bigint): number {
  return bits(a ^ b).replaceAll('0', '').length;
}

test('finds every pair that comparing all with all finds, once', () => {
  fc.assert(
    fc.property(hashes, fc.integer({ min: 0, max: 20 }), (values, mostBits) => {
      const found: [number, number, number][] = [];
      forEachNearPair(packHashes(values.map(bits)), mostBits, (a, b, distance) => found.push([a, b, distance]));
      const expected = values.flatMap((a, i) =>
        values.flatMap((b, j): [number, number, number][] =>
          i < j && plainDistance(a, b) <= mostBits ? [[i, j, plainDistance(a, b)]] : [],
        ),
      );
      const inOrder = ([a, b]: [number, number, number], [c, d]: [number, number, number]) => a - c || b - d;
      expect(found.toSorted(inOrder)).toEqual(expected.toSorted(inOrder));
    }),
  );
});

test('counts the bits in which two hashes differ', () => {
  const packed = packHashes([bits(0n), bits(2n ** 64n - 1n), bits(2n ** 63n + 1n)]);
  expect([hashDistance(packed, 0, 0), hashDistance(packed, 0, 1), hashDistance(packed, 0, 2)]).toEqual([0, 64, 2]);
});
