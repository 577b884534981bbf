import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBank, generatedBank, readAnew, rounds } from '../../test/support/generated-bank.ts';
import { changesBetween } from './bank-changes.ts';
import type { FaceBank } from './face-bank.ts';
import { buildGallery, type Gallery } from './gallery.ts';

/** What a gallery holds, by ids: the places of faces, and the order of people, depend on when they came. */
function shown({ faces, dimension }: FaceBank, gallery: Gallery) {
  const { people, rows, vectors, centres, rivals, namedInPhoto } = gallery;
  const idOf = (place: number) => faces[place]!.faceId;
  return {
    people: new Map(
      people.map(({ personId, start, end }, i) => [
        personId,
        {
          faces: rows.slice(start, end).map(idOf),
          vectors: vectors.slice(start * dimension, end * dimension),
          centre: centres.slice(i * dimension, (i + 1) * dimension),
        },
      ]),
    ),
    rows: rows.length,
    rivals: rivals.map(idOf),
    namedInPhoto: new Map([...namedInPhoto].map(([photoId, named]) => [photoId, new Set(named.map(({ faceId }) => faceId))])),
  };
}

test('after any changes, a gallery brought up to date holds what one that is built anew does', () => {
  const first = generatedBank();
  fc.assert(
    fc.property(rounds, (rounds) => {
      let [bank, gallery] = [first, buildGallery(first)];
      for (const changes of rounds) {
        const later = changeBank(bank, changes);
        gallery = buildGallery(later, { gallery, bank, changes: changesBetween(bank, later) });
        bank = later;
        const anew = readAnew(bank);
        expect(shown(bank, gallery)).toEqual(shown(anew, buildGallery(anew)));
      }
    }),
    { numRuns: 150 },
  );
});
