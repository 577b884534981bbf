import { describe, expect, it } from 'vitest';
import { type KnownFileRow, KnownFileTable } from './known-file-table.ts';

const first: KnownFileRow = {
  fileId: '0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  key: 'holiday/caf\u00e9.jpg',
  kind: 'original',
  size: 5_000_000_000,
  mtimeNs: 1_700_000_000_123_456_789n,
  inode: 2n ** 64n - 1n,
  ctimeNs: 1_700_000_000_123_456_790n,
  fingerprint: -(2n ** 63n),
  missing: false,
  complete: true,
  hasLook: true,
  undecoded: false,
  sha256: hashOf(1, 1),
};

describe('KnownFileTable', () => {
  it.each([
    { desc: 'a picture', row: first },
    { desc: 'a missing film', row: { ...first, kind: 'live', sha256: null, missing: true, complete: false } as const },
    { desc: 'a time before 1970', row: { ...first, mtimeNs: -1n, size: 0, inode: 0n } },
    { desc: 'a file of which no state was noted', row: { ...first, ctimeNs: null, fingerprint: null } },
  ])('gives back $desc as it was put in', ({ row }) => {
    const table = new KnownFileTable();
    table.add([{ ...first, key: 'another.jpg' }]);
    table.add([{ ...first, key: 'third.jpg' }, row]);
    const known = table.get(row.key)!;
    const names = Object.keys(row) as (keyof KnownFileRow)[];
    const { sha256, ...rest } = Object.fromEntries(names.map((name) => [name, known[name]]));
    const { sha256: expectedContent, ...expected } = row;
    expect({ ...rest, seen: known.seen }).toEqual({ ...expected, seen: false });
    expect(sha256 && Buffer.from(sha256 as Uint8Array)).toEqual(expectedContent && Buffer.from(expectedContent));
  });

  it('remembers which files were seen, and keeps that when a file is added again', () => {
    const table = new KnownFileTable();
    table.add([first, { ...first, key: 'other.jpg' }]);
    table.get(first.key)!.seen = true;
    table.add([first]);
    expect([...table.values()].map(({ key, seen }) => ({ key, seen }))).toEqual([
      { key: first.key, seen: true },
      { key: 'other.jpg', seen: false },
    ]);
    table.get(first.key)!.seen = false;
    expect(table.get(first.key)?.seen).toBe(false);
  });

  it('finds the files of a content, also where hashes begin alike, and those added later', () => {
    const table = new KnownFileTable();
    const hashes = Array.from({ length: 50 }, (_, number) => hashOf(number % 5, number % 25));
    const rows = hashes.map((sha256, number) => ({ ...first, key: `${number}.jpg`, sha256 }));
    table.add(rows.slice(0, 30));
    table.add([{ ...first, key: 'film.mov', kind: 'live', sha256: null }]);
    const keysOf = (sha256: Uint8Array) => [...table.withContent(sha256)].map(({ key }) => key).toSorted();
    expect(keysOf(hashOf(2, 7))).toEqual(['7.jpg']);
    table.add(rows.slice(30));
    expect(keysOf(hashOf(2, 7))).toEqual(['32.jpg', '7.jpg']);
    expect(keysOf(hashOf(2, 8))).toEqual([]);
    expect(keysOf(new Uint8Array(32))).toEqual(['0.jpg', '25.jpg']);
  });

  it('finds films by size and time', () => {
    const table = new KnownFileTable();
    const film = { ...first, key: 'film.mov', kind: 'live', sha256: null } as const;
    table.add([first, film, { ...film, key: 'longer.mov', size: 1 }, { ...film, key: 'later.mov', mtimeNs: 1n }]);
    expect([...table.films(film.size, film.mtimeNs)].map(({ key }) => key)).toEqual(['film.mov']);
  });
});

/** A hash that begins with six bytes of one number and ends with another. */
function hashOf(beginning: number, end: number): Uint8Array {
  return new Uint8Array(32).fill(beginning, 0, 6).fill(end, 31);
}
