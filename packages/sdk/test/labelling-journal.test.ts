import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroups } from '../src/grouping/create-groups.ts';
import { findReplayDifferences } from '../src/identity/replay.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import {
  actor,
  entangled,
  MOST_PEOPLE,
  openIdentityActors,
  operation,
  performAll,
  performIfAllowed,
  readBatches,
} from './support/identity-operations.ts';
import { snapshotLibrary } from './support/snapshot-library.ts';

const SEQUENCES = Number(process.env.IDENTITY_SEQUENCES ?? 8);
const SEQUENCE_LENGTH = 50;
const SESSIONS = 3;

let opened: TestLibrary;
beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

const openActors = () => openIdentityActors(opened.context);

async function readLastBatch(context: LibraryContext): Promise<string | undefined> {
  const { rows } = await sql<{ batch_id: string }>`
    SELECT batch_id FROM identity_events WHERE library_id = ${context.libraryId} ORDER BY seq DESC LIMIT 1`.execute(context.db);
  return rows[0]?.batch_id;
}

/** Each a sentence of what is wrong; none when the rules hold. */
async function findViolations(context: LibraryContext): Promise<string[]> {
  await createGroups(context).refresh();
  const { rows } = await sql<{ problem: string }>`
    SELECT 'a label names a merged person' AS problem FROM face_labels JOIN people USING (person_id)
    WHERE people.library_id = ${context.libraryId} AND merged_into IS NOT NULL
    UNION ALL
    SELECT 'a rejection names a merged person' FROM face_rejections JOIN people USING (person_id)
    WHERE people.library_id = ${context.libraryId} AND merged_into IS NOT NULL
    UNION ALL
    SELECT 'a photo shows a merged person' FROM photo_labels JOIN people USING (person_id)
    WHERE people.library_id = ${context.libraryId} AND merged_into IS NOT NULL
    UNION ALL
    SELECT 'a face carries a rejected person' FROM face_labels JOIN face_rejections USING (face_id, person_id)
    WHERE face_labels.library_id = ${context.libraryId}
    UNION ALL
    SELECT 'a label lost its entry' FROM face_labels label WHERE label.library_id = ${context.libraryId} AND NOT EXISTS (
      SELECT FROM identity_events event WHERE event.event_id = label.event_id AND event.face_id = label.face_id
        AND event.kind = 'label_set' AND event.created_ts = label.created_ts AND NOT EXISTS (
          SELECT FROM identity_events later WHERE later.face_id = label.face_id AND later.seq > event.seq
            AND later.kind IN ('label_set', 'label_cleared')))
    UNION ALL
    SELECT 'two faces of a photo are in one group' FROM face_group_members JOIN faces USING (face_id)
    WHERE faces.library_id = ${context.libraryId} AND photo_id NOT IN (SELECT photo_id FROM face_labels WHERE same_photo_allowed)
    GROUP BY group_id, photo_id HAVING count(*) > 1
    UNION ALL
    SELECT 'a photo miscounts its faces' FROM photos WHERE library_id = ${context.libraryId}
      AND faces_count <> (SELECT count(*) FROM faces WHERE faces.photo_id = photos.photo_id)
    UNION ALL
    SELECT 'a guess replaced a human confirmation' FROM identity_events
    WHERE library_id = ${context.libraryId} AND undoes IS NULL AND before->>'source' = 'human_confirmed'
      AND after->>'source' IN ('model_guess', 'imported')`.execute(context.db);
  const { rows: cycles } = await sql<{ person_id: string }>`
    WITH RECURSIVE chain AS (
      SELECT person_id, merged_into, 1 AS depth FROM people WHERE library_id = ${context.libraryId}
      UNION ALL
      SELECT chain.person_id, people.merged_into, depth + 1 FROM chain JOIN people ON people.person_id = chain.merged_into
      WHERE depth <= ${MOST_PEOPLE}
    )
    SELECT DISTINCT person_id FROM chain WHERE depth > ${MOST_PEOPLE}`.execute(context.db);
  return [...rows.map((row) => row.problem), ...cycles.map((row) => `person ${row.person_id} is merged in a circle`)];
}

describe('after any sequence of operations', () => {
  test('the journal replays to the current state, and every rule holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 30 }), async (operations) => {
        const { context, perform } = await openActors();
        await performAll(perform, operations);
        expect(await findReplayDifferences(context)).toEqual([]);
        expect(await findViolations(context)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  }, 300_000);

  // The bar is 500 sequences (IDENTITY_SEQUENCES=500), which take some minutes.
  test('by three sessions at once: undoing every batch from the last gives the library of before, and undoing that the one of after', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: SEQUENCE_LENGTH, maxLength: SEQUENCE_LENGTH }), async (operations) => {
        const { context, labels, perform, start } = await openActors();
        for (let first = 0; first < operations.length; first += SESSIONS) {
          await Promise.all(operations.slice(first, first + SESSIONS).map((one) => performIfAllowed(perform, one)));
        }
        expect(await findReplayDifferences(context)).toEqual([]);
        expect(await findViolations(context)).toEqual([]);
        const end = await snapshotLibrary(context);
        const undone: string[] = [];
        for (const batchId of (await readBatches(context)).toReversed())
          undone.push((await labels.undo({ batchId, actor })).batchId);
        expect(await snapshotLibrary(context)).toEqual(start);
        for (const batchId of undone.toReversed()) await labels.undo({ batchId, actor });
        expect(await snapshotLibrary(context)).toEqual(end);
        expect(await findReplayDifferences(context)).toEqual([]);
        expect(await findViolations(context)).toEqual([]);
      }),
      { numRuns: SEQUENCES },
    );
  }, 3_600_000);

  test('what was done last can be taken back, and taking it back as well, be it an undo or the undo of one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entangled, { minLength: 4, maxLength: 16 }), async (operations) => {
        const { context, labels, perform } = await openActors();
        for (const operation of operations) {
          const before = { state: await snapshotLibrary(context), batchId: await readLastBatch(context) };
          await performIfAllowed(perform, operation);
          const batchId = (await readLastBatch(context))!;
          if (batchId === before.batchId) continue;
          const after = await snapshotLibrary(context);
          const undone = await labels.undo({ batchId, actor });
          expect(await snapshotLibrary(context)).toEqual(before.state);
          await labels.undo({ batchId: undone.batchId, actor });
          expect(await snapshotLibrary(context)).toEqual(after);
        }
        expect(await findReplayDifferences(context)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 300_000);
});

test('the replay notices labels, people, rejections and ignored faces that were changed past the journal', async () => {
  const { context, labels, perform } = await openActors();
  await perform({ do: 'confirm', face: 0, person: 0 });
  await perform({ do: 'reject', face: 1, person: 1 });
  const [event] = await Array.fromAsync(labels.events());
  const { db, libraryId } = context;
  await db.updateTable('face_labels').set({ confidence: 0.5 }).where('library_id', '=', libraryId).execute();
  await db.deleteFrom('face_rejections').where('library_id', '=', libraryId).execute();
  await db.updateTable('people').set({ display_name: 'Forged' }).where('person_id', '=', event!.personId!).execute();
  await db.updateTable('faces').set({ ignored: true }).where('library_id', '=', libraryId).execute();
  const differences = await findReplayDifferences(context);
  expect(new Set(differences.map((difference) => difference.table))).toEqual(
    new Set(['labels', 'rejections', 'people', 'ignored']),
  );
});

test('the database itself refuses to change the journal', async () => {
  const { context } = await openActors();
  await expect(sql`UPDATE identity_events SET actor = 'nobody'`.execute(context.db)).rejects.toThrow('append-only');
  await expect(sql`DELETE FROM identity_events`.execute(context.db)).rejects.toThrow('append-only');
});
