/**
 * What it costs writers that the database notes what changed (docs/decisions/identity-evidence-once.md), by the way of noting it.
 *
 *   [TEST_DATABASE_URL=postgres://…] node --conditions=@photoorg/source bench/identity/compare-change-notes.ts
 *
 * One writer: processor time of saving photos. Several writers, on a server: half of them save photos and label their faces in one
 * transaction, as face regions of other programs do; half of them label. Each then takes a moment to commit.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTestLibrary } from '@photoorg/sdk/testing';
import { sql } from 'kysely';
import { createPhotos } from '../../packages/sdk/src/catalog/photos.ts';
import { createLabels } from '../../packages/sdk/src/identity/labelling/create-labels.ts';
import { newId } from '../../packages/sdk/src/values/new-id.ts';
import { addFaces } from '../../packages/sdk/test/support/face-bank.ts';
import { Clusters, clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';
import { sampleFace, samplePhoto } from '../../packages/sdk/test/support/sample-photos.ts';

const ROUNDS = 7;
const PHOTOS = 500;
const WRITERS = 6;
const TRANSACTIONS = 20;
const MOMENT_MILLIS = 15;
const DEADLOCK = '40P01';

/** Bodies of the trigger functions; `changed` holds the rows of a statement. */
const WAYS: Record<string, (what: string) => string> = {
  nothing: () => '',
  'a counter for each library': () =>
    'UPDATE counter SET changes = changes + 1 WHERE backend = 0 AND library_id IN (SELECT library_id FROM changed);',
  'a counter for each library and backend': () => `
    INSERT INTO counter SELECT DISTINCT library_id, pg_backend_pid(), 1 FROM changed
    ON CONFLICT (library_id, backend) DO UPDATE SET changes = counter.changes + 1;`,
  'a list of the changed, as shipped': (body) => body,
};
const NOTING = ['photoorg_note_faces', 'photoorg_note_photos', 'photoorg_note_people'];

await using opened = await openTestLibrary();
const { context, kind } = opened;
const { db, libraryId } = context;
const clusters = new Clusters(3, 20);
await sql`CREATE TABLE counter (library_id uuid, backend int, changes bigint, PRIMARY KEY (library_id, backend))`.execute(db);
await sql`INSERT INTO counter VALUES (${libraryId}, 0, 0)`.execute(db);
const { rows: shipped } = await sql<{ name: string; body: string }>`
  SELECT proname AS name, substring(prosrc FROM 'BEGIN(.*)RETURN NULL') AS body FROM pg_proc WHERE proname = ANY (${NOTING}::text[])`.execute(
  db,
);
const bodies = new Map(shipped.map(({ name, body }) => [name, body]));

async function note(way: string): Promise<void> {
  for (const name of NOTING) {
    const body = WAYS[way]!(bodies.get(name)!);
    await sql
      .raw(`CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NULL; END $$`)
      .execute(db);
  }
}

const vectors = () => [clusters.face(clusters.pick(20)), clusters.face(clusters.pick(20))];
const processor = new Map(Object.keys(WAYS).map((way) => [way, [] as number[]]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const way of Object.keys(WAYS)) {
    await note(way);
    const photos = Array.from({ length: PHOTOS }, () => ({ vectors: vectors() }));
    const before = await processorMillis();
    await addFaces(context, clusterSpace, photos);
    // The first round warms up.
    if (round > 0) processor.get(way)!.push((await processorMillis()) - before);
  }
}
const least = (way: string) => Math.min(...processor.get(way)!);
for (const way of Object.keys(WAYS)) {
  const ratio = (least(way) / least('nothing')).toFixed(3);
  console.log(
    `${kind}: ${way}: saving ${PHOTOS} photos ${median(processor.get(way)!).toFixed(0)} ms, least ${least(way).toFixed(0)}: ${ratio}`,
  );
}

if (kind === 'server') {
  const people = await Promise.all(
    Array.from({ length: WRITERS }, (_, i) => opened.library.people.create({ displayName: `Person ${i}` })),
  );
  // One of each photo, in which two cannot be the same person.
  const faceIds = (await opened.library.faces.list({ limit: 200 })).items.flatMap(({ faceId }, i) => (i % 2 === 0 ? faceId : []));
  for (const [turn, way] of Object.keys(WAYS).entries()) {
    await note(way);
    const start = performance.now();
    const deadlocks = (
      await Promise.all(people.map((_, writer) => write(writer, people[(writer + turn) % WRITERS]!.personId, faceIds)))
    ).reduce((a, b) => a + b);
    const millis = performance.now() - start;
    console.log(
      `${kind}: ${way}: ${WRITERS} writers, ${TRANSACTIONS} transactions each: ${millis.toFixed(0)} ms, ${deadlocks} deadlocks`,
    );
  }
}

async function write(writer: number, personId: string, faceIds: readonly string[]): Promise<number> {
  let deadlocks = 0;
  for (let i = 0; i < TRANSACTIONS; i++) {
    try {
      await context.transaction(async (transaction) => {
        let faceId = faceIds[(writer * TRANSACTIONS + i) % faceIds.length]!;
        if (writer % 2 === 0) {
          const face = sampleFace({ x: 10, y: 20, width: 80, height: 100 }, [...clusters.face(writer)]);
          const photo = { photo: samplePhoto(newId(), { exif: null }), faces: [face], space: clusterSpace };
          const [saved] = await createPhotos(transaction).saveAnalyzed([photo]);
          faceId = saved!.faceIds[0]!;
          await sleep(MOMENT_MILLIS);
        }
        if (writer % 2 === 1 || i % 2 === 0) await createLabels(transaction).confirm({ faceId, personId, actor: 'bench' });
      });
    } catch (error) {
      if (
        (error as { code?: string; cause?: { code?: string } }).cause?.code !== DEADLOCK &&
        (error as { code?: string }).code !== DEADLOCK
      )
        throw error;
      deadlocks++;
    }
  }
  return deadlocks;
}

/** Of this process and, on a server of this machine, of the library's backends. */
async function processorMillis(): Promise<number> {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1_000;
  if (kind === 'embedded') return own;
  const { rows } = await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`.execute(db);
  const backends = rows.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6);
  return backends.reduce((sum, millis) => sum + millis, own);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
