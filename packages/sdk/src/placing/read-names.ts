import { sql } from 'kysely';
import { cleanName } from '../identity/people/person-fields.ts';
import { readNamed } from '../identity/people/read-named.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { PersonShown } from '../model/photos.ts';
import type { NameOrigin } from '../model/place-names.ts';
import { newId } from '../values/new-id.ts';

/** Somebody whom photos name. */
export interface NamedPerson {
  readonly personId: string;
  /** As the first photo spells it. */
  readonly name: string;
  /** Nobody goes by the name yet. */
  readonly isNew: boolean;
}

/** Who is somewhere on which photo. */
export interface NamesOfPhotos {
  readonly photos: number;
  readonly names: number;
  /** By id. */
  readonly people: ReadonlyMap<string, NamedPerson>;
  /** By photo and person. */
  readonly byPhoto: ReadonlyMap<string, ReadonlyMap<string, readonly NameOrigin[]>>;
  readonly ambiguous: readonly { name: string; photos: number; personIds: string[] }[];
}

/** The names that photos carry without a place, and whom they stand for. Several spellings of one name are one person. */
export async function readNamesOfPhotos(context: LibraryContext, signal?: AbortSignal): Promise<NamesOfPhotos> {
  const { rows } = await sql<{ photoId: string; peopleShown: PersonShown[] }>`
    SELECT photo_id AS "photoId", people_shown AS "peopleShown" FROM photos
    WHERE library_id = ${context.libraryId} AND deleted_ts IS NULL AND people_shown <> '[]'
    ORDER BY photo_id`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  const said = rows.flatMap(({ photoId, peopleShown }) =>
    peopleShown.flatMap(({ name, source, file }) => {
      const clean = cleanName(name);
      return clean === null ? [] : [{ photoId, name: clean, origin: { source, file } }];
    }),
  );
  const named = await readNamed(context, [...new Set(said.map(({ name }) => name))]);
  const people = new Map<string, NamedPerson>();
  const idOfNew = new Map<string, string>();
  const idOf = new Map<string, string>();
  for (const { name, folded, meant } of named) {
    if (meant.length > 1) continue;
    const personId = meant[0] ?? idOfNew.get(folded) ?? newId();
    if (meant.length === 0) idOfNew.set(folded, personId);
    idOf.set(name, personId);
    if (!people.has(personId)) people.set(personId, { personId, name, isNew: meant.length === 0 });
  }
  const byPhoto = new Map<string, Map<string, NameOrigin[]>>();
  for (const { photoId, name, origin } of said) {
    const personId = idOf.get(name);
    if (personId === undefined) continue;
    const ofPhoto = byPhoto.get(photoId) ?? new Map<string, NameOrigin[]>();
    byPhoto.set(photoId, ofPhoto);
    ofPhoto.set(personId, [...(ofPhoto.get(personId) ?? []), origin]);
  }
  const ambiguous = named
    .filter(({ meant }) => meant.length > 1)
    .map(({ name, meant }) => ({
      name,
      photos: new Set(said.filter((one) => one.name === name).map(({ photoId }) => photoId)).size,
      personIds: [...meant],
    }));
  const names = [...byPhoto.values()].reduce((sum, ofPhoto) => sum + ofPhoto.size, 0);
  return { photos: new Set(said.map(({ photoId }) => photoId)).size, names, people, byPhoto, ambiguous };
}
