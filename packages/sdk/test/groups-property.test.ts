import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGroups } from '../src/grouping/create-groups.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { ChangingLibrary, rounds } from './support/changing-library.ts';

const RUNS = 12;

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

interface Row {
  faceId: string;
  photoId: string;
  groupId: string | null;
  personId: string | null;
  rejected: string[];
  isWaiting: boolean;
}

/** The faces that belong in groups, and the group of each. */
async function readFaces(context: LibraryContext): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT face.face_id AS "faceId", face.photo_id AS "photoId", member.group_id AS "groupId", label.person_id AS "personId",
      ARRAY(SELECT person_id::text FROM face_rejections rejection WHERE rejection.face_id = face.face_id) AS rejected,
      label.face_id IS NULL AND NOT ignored AS "isWaiting"
    FROM faces face JOIN photos USING (photo_id) JOIN face_embeddings USING (face_id)
      LEFT JOIN face_group_members member USING (face_id)
      LEFT JOIN (SELECT * FROM face_labels WHERE label_source <> 'model_guess') AS label USING (face_id)
    WHERE face.library_id = ${context.libraryId} AND deleted_ts IS NULL`.execute(context.db);
  return rows;
}

/** Partitions are equal whatever their ids. */
function partition(faces: readonly Row[]): string[] {
  const groups = Map.groupBy(faces, ({ groupId }) => groupId);
  return [...groups.values()]
    .map((group) =>
      group
        .map(({ faceId }) => faceId)
        .toSorted()
        .join(),
    )
    .toSorted();
}

test('whatever happens to a library, each face has one group, and none contradicts what is known', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      const library = await ChangingLibrary.open(opened.context);
      const { context } = library;
      const groups = createGroups(context);
      for (const happenings of [[], ...rounds]) {
        await library.go(happenings);
        const { items } = await groups.list({ minSize: 1, limit: 200 });
        const faces = await readFaces(context);
        expect(faces.filter(({ groupId }) => groupId === null)).toEqual([]);
        for (const group of Map.groupBy(faces, ({ groupId }) => groupId).values()) {
          const people = new Set(group.flatMap(({ personId }) => personId ?? []));
          expect(people.size).toBeLessThan(2);
          const unnamed = group.filter(({ personId }) => personId === null);
          expect(unnamed.filter(({ rejected }) => rejected.some((personId) => people.has(personId)))).toEqual([]);
          for (const { photoId } of unnamed) expect(group.filter((other) => other.photoId === photoId)).toHaveLength(1);
        }
        for (const named of Map.groupBy(
          faces.filter(({ personId }) => personId),
          ({ personId }) => personId,
        ).values()) {
          expect(new Set(named.map(({ groupId }) => groupId)).size).toBe(1);
        }
        const waiting = faces.filter(({ isWaiting }) => isWaiting);
        expect(items.reduce((sum, group) => sum + group.faces, 0)).toBe(waiting.length);

        const before = partition(faces);
        await createGroups(context).refresh();
        expect(partition(await readFaces(context))).toEqual(before);
      }
    }),
    { numRuns: RUNS, seed: 4 },
  );
});
