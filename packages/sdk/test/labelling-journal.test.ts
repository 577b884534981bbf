import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findReplayDifferences, readCurrentState } from '../src/identity/replay.ts';
import { type IgnoredReason, PhotoorgError } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addPhotos, openSampleLibrary } from './support/sample-library.ts';

/** What may stand in the way of an operation on purpose; anything else is a bug. */
const REFUSALS = new Set([
  'PERSON_ALREADY_IN_PHOTO',
  'PERSON_HAS_LABELS',
  'PERSON_MERGED',
  'PERSON_NOT_FOUND',
  'UNDO_CONFLICT',
  'MERGE_WITH_SELF',
  'LABEL_CONFIRMED',
  'FACE_REJECTED_PERSON',
]);
const PHOTOS = [3, 3, 2];
const PEOPLE = 4;
/** More than any sequence makes. */
const MOST_PEOPLE = 50;
const FACES = PHOTOS.reduce((sum, faces) => sum + faces, 0);
const actor = 'mia';

const face = fc.nat(FACES - 1);
/** One or two may have been made later. */
const person = fc.nat(PEOPLE + 1);
const merge = fc.record({ do: fc.constant('merge'), person, into: person, allowSamePhoto: fc.boolean() });
const undo = fc.record({ do: fc.constant('undo'), batch: fc.nat() });
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('confirm'), face, person, allowSamePhoto: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('confirmMany'), faces: fc.array(face, { maxLength: 3 }), person }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('apply'),
      face,
      person,
      source: fc.constantFrom('model_guess', 'imported'),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reject'), face, person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear'), face }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ignore'), face, ignored: fc.constant(false) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('ignore'),
      face,
      ignored: fc.constant(true),
      reason: fc.constantFrom('stranger' as const, 'unclear' as const, undefined),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('update'), person, face, name: fc.constantFrom('Anna', 'Bert', 'Zoë') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('confirmPhoto', 'clearPhoto'), face, person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove'), person, unlabel: fc.boolean() }) },
  { weight: 2, arbitrary: merge },
  { weight: 3, arbitrary: undo },
);
/** What hangs together: merges on merges, undone in any order, between a few other things. */
const entangled = fc.oneof({ weight: 1, arbitrary: operation }, { weight: 2, arbitrary: merge }, { weight: 2, arbitrary: undo });
type Operation = Partial<Record<'face' | 'person' | 'into' | 'batch', number>> & {
  do: string;
  faces?: number[];
  allowSamePhoto?: boolean;
  ignored?: boolean;
  reason?: IgnoredReason;
  unlabel?: boolean;
  source?: string;
  confidence?: number;
  name?: string;
};

let opened: TestLibrary;
beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

async function openActors() {
  const { context, people, labels } = await openSampleLibrary(opened.context);
  const faceIds = (await addPhotos(context, PHOTOS)).flat();
  const photoOf = await readPhotos(context);
  const personIds: string[] = [];
  for (let i = 0; i < PEOPLE; i++) personIds.push((await people.create({ displayName: `Person ${i}`, actor })).personId);

  async function perform(operation: Operation): Promise<void> {
    const faceId = faceIds[operation.face ?? 0]!;
    const personOf = (number = 0) => personIds[number % personIds.length]!;
    const personId = personOf(operation.person);
    const { allowSamePhoto, unlabel, confidence = 1, name = '' } = operation;
    switch (operation.do) {
      case 'confirm':
        return void (await labels.confirm({ faceId, personId, actor, allowSamePhoto }));
      case 'confirmMany':
        return void (await labels.confirmMany({ faceIds: operation.faces!.map((i) => faceIds[i]!), personId, actor }));
      case 'apply':
        return void (await labels.apply({
          faceId,
          personId,
          source: operation.source as 'model_guess',
          confidence,
          provenance: { model: 'sample' },
        }));
      case 'reject':
        return void (await labels.reject({ faceId, personId, actor }));
      case 'clear':
        return void (await labels.clear({ faceId, actor }));
      case 'ignore':
        return void (await labels.ignore({ faceIds: [faceId], actor, ignored: operation.ignored, reason: operation.reason }));
      case 'confirmPhoto':
        return void (await labels.confirmPhoto({ photoId: photoOf.get(faceId)!, personId, actor }));
      case 'clearPhoto':
        return void (await labels.clearPhoto({ photoId: photoOf.get(faceId)!, personId, actor }));
      case 'update':
        return void (await people.update(personId, { displayName: name, coverFaceId: faceId, aliases: [name, 'also'] }));
      case 'merge':
        return void (await people.merge({ fromId: personId, intoId: personOf(operation.into), actor, allowSamePhoto }));
      case 'create':
        return void personIds.push((await people.create({ displayName: 'Somebody', actor })).personId);
      case 'remove':
        return void (await people.remove(personId, { unlabel, actor }));
      case 'undo': {
        const batches = await readBatches(context);
        return void (await labels.undo({ batchId: batches[operation.batch! % batches.length]!, actor }));
      }
    }
  }
  return { context, labels, perform };
}

async function readPhotos({ db, libraryId }: LibraryContext): Promise<Map<string, string>> {
  const rows = await db.selectFrom('faces').select(['face_id', 'photo_id']).where('library_id', '=', libraryId).execute();
  return new Map(rows.map((row) => [row.face_id, row.photo_id]));
}

async function readBatches(context: LibraryContext): Promise<string[]> {
  const { rows } = await sql<{ batch_id: string }>`
    SELECT batch_id FROM identity_events WHERE library_id = ${context.libraryId}
    GROUP BY batch_id ORDER BY min(seq)`.execute(context.db);
  return rows.map((row) => row.batch_id);
}

type Perform = (operation: Operation) => Promise<void>;

async function performAll(perform: Perform, operations: readonly Operation[]): Promise<void> {
  for (const operation of operations) await performIfAllowed(perform, operation);
}

async function performIfAllowed(perform: Perform, operation: Operation): Promise<void> {
  await perform(operation).catch((error) => {
    if (!(PhotoorgError.isInstance(error) && REFUSALS.has(error.code))) throw error;
  });
}

async function readLastBatch(context: LibraryContext): Promise<string | undefined> {
  const { rows } = await sql<{ batch_id: string }>`
    SELECT batch_id FROM identity_events WHERE library_id = ${context.libraryId} ORDER BY seq DESC LIMIT 1`.execute(context.db);
  return rows[0]?.batch_id;
}

/** Each a sentence of what is wrong; none when the rules hold. */
async function findViolations(context: LibraryContext): Promise<string[]> {
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

  test('undoing every batch from the last to the first gives an empty library, and undoing all that gives it back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 3, maxLength: 12 }), async (operations) => {
        const { context, labels, perform } = await openActors();
        await performAll(perform, operations);
        const after = await readCurrentState(context);
        const batches = await readBatches(context);
        const undone: string[] = [];
        for (const batchId of batches.toReversed()) undone.push((await labels.undo({ batchId, actor })).batchId);
        expect(await readCurrentState(context)).toEqual({
          labels: new Map(),
          rejections: new Map(),
          ignored: new Map(),
          photos: new Map(),
          people: new Map(),
        });
        for (const batchId of undone.toReversed()) await labels.undo({ batchId, actor });
        expect(await readCurrentState(context)).toEqual(after);
        expect(await findReplayDifferences(context)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  }, 300_000);

  test('what was done last can be taken back, and taking it back as well, be it an undo or the undo of one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entangled, { minLength: 4, maxLength: 16 }), async (operations) => {
        const { context, labels, perform } = await openActors();
        for (const operation of operations) {
          const before = { state: await readCurrentState(context), batchId: await readLastBatch(context) };
          await performIfAllowed(perform, operation);
          const batchId = (await readLastBatch(context))!;
          if (batchId === before.batchId) continue;
          const after = await readCurrentState(context);
          const undone = await labels.undo({ batchId, actor });
          expect(await readCurrentState(context)).toEqual(before.state);
          await labels.undo({ batchId: undone.batchId, actor });
          expect(await readCurrentState(context)).toEqual(after);
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
