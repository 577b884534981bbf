import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { serverUrlOf } from '../src/database/server/open-server-database.ts';
import { findReplayDifferences } from '../src/identity/replay.ts';
import { type Labels, openPhotoLibrary, type People } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { contextOf } from '../src/library/library-internals.ts';
import { openTestLibrary } from '../src/testing/index.ts';
import { seededRandom } from '../src/values/seeded-random.ts';
import { addPhotos, openSampleLibrary } from './support/sample-library.ts';

const SESSIONS = 8;
const OPERATIONS_EACH = 40;
const PEOPLE = 4;
const actor = 'mia';

const levels = ['repeatable read', 'serializable'] as const;

/*
 * What decides reads what others decided before, so it must see it: a snapshot from before it waited for them is the wrong one.
 */
describe.skipIf(!process.env.TEST_DATABASE_URL)(
  'on a server whose own default is another isolation (needs TEST_DATABASE_URL)',
  () => {
    const opened: { close(): Promise<void> }[] = [];
    afterEach(async () => {
      for (const library of opened.splice(0).reverse()) await library.close();
    });

    /** A library on connections made after the database was set to the level. */
    async function openWithDefault(level: string): Promise<LibraryContext> {
      const test = await openTestLibrary();
      opened.push(test);
      const url = serverUrlOf(test.context.db)!;
      const database = new URL(url).pathname.slice(1);
      await sql`ALTER DATABASE ${sql.id(database)} SET default_transaction_isolation = ${sql.lit(level)}`.execute(
        test.context.db,
      );
      const library = await openPhotoLibrary({ database: url });
      opened.push(library);
      return contextOf(library);
    }

    test.each(levels)('%s: calls that race keep every rule', async (level) => {
      const shared = await openWithDefault(level);
      await raceAndCheck(shared);
    });

    test.each(levels)('%s: even where the settings of a session do not stay, as behind a pooler', async (level) => {
      const shared = await openWithDefault(level);
      await Promise.all(
        Array.from({ length: 10 }, () =>
          shared.db.connection().execute(async (db) => {
            await sql`SET default_transaction_isolation = ${sql.lit(level)}`.execute(db);
            // Keeps the connection until all ten are at it.
            await sql`SELECT pg_sleep(0.5)`.execute(db);
          }),
        ),
      );
      await raceAndCheck(shared);
    });
  },
);

/** Several sessions that confirm, reject, merge and undo at random, in one small library. */
async function raceAndCheck(shared: LibraryContext): Promise<void> {
  const { context, people, labels } = await openSampleLibrary(shared);
  const faces = (await addPhotos(context, [2, 2, 1, 1])).flat();
  const codes = new Set<string>();
  const session = async (seed: number) => {
    const random = seededRandom(seed);
    const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
    const known = await namesOf(people, seed);
    const batches: string[] = [];
    for (let i = 0; i < OPERATIONS_EACH; i++) {
      try {
        const personIds: [string, string] = [pick(known), pick(known)];
        const change = await operate(random(), { people, labels, faceId: pick(faces), personIds, batch: pick(batches) });
        if (change && change.events !== 0) batches.push(change.batchId);
      } catch (error) {
        codes.add((error as { code?: string }).code ?? String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: SESSIONS }, (_, seed) => session(seed + 1)));

  const refusals = ['PERSON_ALREADY_IN_PHOTO', 'PERSON_MERGED', 'MERGE_WITH_SELF', 'UNDO_CONFLICT'];
  expect([...codes].filter((code) => !refusals.includes(code))).toEqual([]);
  expect(await brokenRules(context)).toEqual([]);
  expect(await findReplayDifferences(context)).toEqual([]);
}

/** The people that all sessions share, and some that were not merged away yet. */
async function namesOf(people: People, seed: number): Promise<string[]> {
  const own = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, i) => (await people.create({ displayName: `Person ${seed} ${i}` })).personId),
  );
  const all = await people.list({ limit: 200 });
  return [...own, ...all.items.map((person) => person.personId)];
}

interface Operands {
  people: People;
  labels: Labels;
  faceId: string;
  personIds: [string, string];
  batch: string | undefined;
}

async function operate(
  choice: number,
  { people, labels, faceId, personIds, batch }: Operands,
): Promise<{ batchId: string; events?: number } | null> {
  const [personId, other] = personIds;
  if (choice < 0.4) return labels.confirm({ faceId, personId, actor });
  if (choice < 0.7) return labels.reject({ faceId, personId, actor });
  if (choice < 0.85) return people.merge({ fromId: personId, intoId: other, actor });
  return batch ? labels.undo({ batchId: batch, actor }) : null;
}

async function brokenRules({ db, libraryId }: LibraryContext): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT 'a label names a merged person' AS rule FROM face_labels JOIN people USING (person_id)
    WHERE face_labels.library_id = ${libraryId} AND merged_into IS NOT NULL
    UNION ALL
    SELECT 'a face carries a person that was rejected for it' FROM face_labels JOIN face_rejections USING (face_id, person_id)
    WHERE face_labels.library_id = ${libraryId}`.execute(db);
  return rows;
}
