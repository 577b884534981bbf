/**
 * Saves faces in bulk as the SDK does, by COPY BINARY, and by the INSERT of 1,000 rows that one would write by hand, in turns in one
 * run. Counts CPU time, of this process and of the server, since wall time says more about the neighbours than about the code.
 *
 *   TEST_DATABASE_URL=postgresql://… node --conditions=@photoorg/source bench/sdk/save-faces.ts [faces]
 *
 * Both write the same rows under the same constraints, whose checks (three foreign keys, six unique indexes and one more) cost
 * PostgreSQL about 20 µs a face however the rows come. Without TEST_DATABASE_URL it measures the embedded database, whose thread is
 * part of this process.
 */
import { readFileSync } from 'node:fs';
import type { EmbeddingSpaceToSave, FaceToSave } from '@photoorg/sdk';
import { openTestLibrary } from '@photoorg/sdk/testing';
import { sql } from 'kysely';
import { newId } from '../../packages/sdk/src/values/new-id.ts';
import { encodeVector } from '../../packages/sdk/src/values/vector-codec.ts';
import { sampleAnalyzed, sampleFace } from '../../packages/sdk/test/support/sample-photos.ts';

const FACES = Number(process.argv[2] ?? 20_000);
const PHOTOS = 200;
const ROUNDS = 3;
const ROWS_PER_INSERT = 1_000;
const TICK_MILLIS = 10;

const space: EmbeddingSpaceToSave = {
  name: 'bench-128d',
  model: 'bench',
  modelVersion: '1',
  weightsSha256: '0'.repeat(64),
  alignment: 'none',
  dimension: 128,
  metric: 'l2',
  quantisation: 'none',
};

await using opened = await openTestLibrary();
const { library, context } = opened;
const photos = await library.photos.saveAnalyzed(Array.from({ length: PHOTOS }, (_, i) => sampleAnalyzed(`photo ${i}`, [])));
const { spaceId } = await library.spaces.ensure(space);

type Row = { photoId: string; face: FaceToSave };

function makeRows(detector: string): Row[] {
  return Array.from({ length: FACES }, (_, i) => {
    const box = { x: Math.floor(i / PHOTOS) % 900, y: Math.floor(i / PHOTOS / 900), width: 50, height: 50 };
    const embedding = Array.from({ length: space.dimension }, Math.random);
    return { photoId: photos[i % PHOTOS]!.photoId, face: sampleFace(box, embedding, { detector, crop: null }) };
  });
}

async function insertRows(rows: Row[]): Promise<void> {
  await context.transaction(async ({ db, libraryId }) => {
    for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
      const part = rows.slice(at, at + ROWS_PER_INSERT).map((row) => ({ ...row, faceId: newId() }));
      const faces = part.map(
        ({
          faceId,
          photoId,
          face: { box, ...face },
        }) => sql`(${faceId}::uuid, ${libraryId}::uuid, ${photoId}::uuid, ${box.x}::int,
          ${box.y}::int, ${box.width}::int, ${box.height}::int, ${JSON.stringify(face.landmarks)}::jsonb, ${face.detector}::text,
          ${face.score}::real, ${JSON.stringify(face.quality)}::jsonb, ${JSON.stringify(face.provenance)}::jsonb)`,
      );
      const vectors = part.map(
        ({ faceId, face }) => sql`(${faceId}::uuid, ${libraryId}::uuid, ${spaceId}::uuid, ${space.dimension}::smallint,
          ${encodeVector(face.embedding!)}::vector)`,
      );
      await sql`INSERT INTO faces (face_id, library_id, photo_id, bbox_x, bbox_y, bbox_w, bbox_h, landmarks, detector, detector_score,
        quality, provenance) VALUES ${sql.join(faces)}`.execute(db);
      await sql`INSERT INTO face_embeddings (face_id, library_id, space_id, dimension, embedding) VALUES ${sql.join(vectors)}`.execute(
        db,
      );
    }
  });
}

/** Processor time of this process and, on a server of this machine, of its backends. */
async function cpuMillis(): Promise<number> {
  const { user, system } = process.cpuUsage();
  let millis = (user + system) / 1_000;
  if (opened.kind === 'embedded') return millis;
  const { rows } = await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`.execute(
    context.db,
  );
  for (const { pid } of rows) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    millis += (Number(fields[11]) + Number(fields[12])) * TICK_MILLIS;
  }
  return millis;
}

async function facesPerCpuSecond(save: (rows: Row[]) => Promise<unknown>, detector: string): Promise<number> {
  const rows = makeRows(detector);
  const before = await cpuMillis();
  await save(rows);
  return (FACES / ((await cpuMillis()) - before)) * 1_000;
}

for (let round = 0; round < ROUNDS; round++) {
  const bulk = await facesPerCpuSecond((rows) => library.faces.saveMany(rows, space), `copy ${round}`);
  const insert = await facesPerCpuSecond(insertRows, `insert ${round}`);
  console.log(
    `saveMany ${bulk.toFixed(0)} faces per CPU second, INSERT of ${ROWS_PER_INSERT} ${insert.toFixed(0)}: ${(bulk / insert).toFixed(1)} times`,
  );
}
