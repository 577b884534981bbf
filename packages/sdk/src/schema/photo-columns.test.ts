import { expectTypeOf, test } from 'vitest';
import type { PhotoToSave } from '../model/photos.ts';
import type { PhotoColumn } from './photo-column.ts';
import type { PHOTO_COLUMNS, SavedColumnName } from './photo-columns.ts';

// The compiler is the test.
test('a column names fields that there are, and what it is a fact of', () => {
  // @ts-expect-error: Photo has no such field
  void ({ field: 'nonsense' } satisfies PhotoColumn);
  // @ts-expect-error: StoredMetadata has no such field
  void ({ detail: 'nonsense' } satisfies PhotoColumn);
  // @ts-expect-error: PhotoToSave has no such field
  void ({ from: 'nonsense', save: String, fact: 'metadata', field: 'lens' } satisfies PhotoColumn);
  // @ts-expect-error: the title is no number
  void ({ from: 'title', save: (title: number) => title, fact: 'metadata', field: 'title' } satisfies PhotoColumn);
  // @ts-expect-error: nobody says how it merges
  void ({ from: 'title', save: String, field: 'title' } satisfies PhotoColumn);
  // @ts-expect-error: nobody says what the database gives
  void ({ from: 'title', save: String, fact: 'metadata' } satisfies PhotoColumn);
});

test('every field of a photo to save has a column, but for its identity, its file and the faces marked in it', () => {
  expectTypeOf<Exclude<keyof PhotoToSave, (typeof PHOTO_COLUMNS)[SavedColumnName]['from']>>().toEqualTypeOf<
    'sha256' | 'file' | 'faceRegions'
  >();
});
