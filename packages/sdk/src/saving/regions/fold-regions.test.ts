import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldRegions, type RegionsOfFile } from './fold-regions.ts';

const PLACES = [0, 200, 400, 600].map((x) => ({ x, y: 0, width: 100, height: 100 }));

/** Copies in folders of their own, each with a sidecar or not; what stands in the photo itself is the same in all. */
const files = fc.uniqueArray(
  fc.record({
    folder: fc.constantFrom('a', 'b', 'c', 'd'),
    mtimeNs: fc.bigInt({ min: 0n, max: 2n }),
    names: fc.array(fc.option(fc.constantFrom('Ada', 'Bo', 'Cy'), { nil: null }), { minLength: 4, maxLength: 4 }),
    isBeside: fc.boolean(),
  }),
  { selector: ({ folder }) => folder },
);

function toFile({
  folder,
  mtimeNs,
  names,
  isBeside,
}: {
  folder: string;
  mtimeNs: bigint;
  names: (string | null)[];
  isBeside: boolean;
}) {
  const regions = names.flatMap((name, place) => {
    const file = isBeside ? 'x.jpg.xmp' : 'x.jpg';
    return name === null ? [] : [{ name, box: PLACES[place]!, source: 'mwg-rs' as const, file, program: null }];
  });
  return { path: `/photos/${folder}/x.jpg`, mtimeNs, regions } satisfies RegionsOfFile;
}

test('copies say the same together, whatever the order they are read in', () => {
  fc.assert(
    fc.property(
      files.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const folded = foldRegions(all.map(toFile));
        expect(foldRegions(shuffled.map(toFile))).toEqual(folded);
        // One name for each face, and nobody is put at two places by two files.
        expect(new Set(folded.map(({ box }) => box.x)).size).toBe(folded.length);
        for (const { name, file } of folded) {
          expect(new Set(folded.filter((other) => other.name === name).map((other) => other.file))).toEqual(new Set([file]));
        }
        // A face that any file names is named, unless its people stand elsewhere.
        for (const { regions } of all.map(toFile)) {
          for (const region of regions) {
            const isSaid = folded.some((other) => other.box.x === region.box.x || other.name === region.name);
            expect(isSaid).toBe(true);
          }
        }
      },
    ),
  );
});

test('a sidecar counts before the photo, and of two the one that was written last', () => {
  const inPhoto = toFile({ folder: 'a', mtimeNs: 9n, names: ['Ada', null, null, null], isBeside: false });
  const older = toFile({ folder: 'b', mtimeNs: 1n, names: ['Bo', null, null, null], isBeside: true });
  const newer = toFile({ folder: 'c', mtimeNs: 2n, names: ['Cy', null, null, null], isBeside: true });
  expect(foldRegions([inPhoto, older, newer])).toMatchObject([{ name: 'Cy', file: '/photos/c/x.jpg.xmp' }]);
  expect(foldRegions([inPhoto, older])).toMatchObject([{ name: 'Bo' }]);
});
