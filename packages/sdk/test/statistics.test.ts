import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';

const FACES = 600;

let opened: TestLibrary;
beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

/** Rows as the planner takes them to be; -1 when nobody ever counted. */
async function rowsKnown(table: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`SELECT reltuples AS rows FROM pg_class WHERE oid = ${table}::regclass`.execute(
    opened.context.db,
  );
  return rows[0]!.rows;
}

test('the planner knows of rows that came through photos, labels and people, without anybody asking for it', async () => {
  const clusters = new Clusters(4, 10);
  const vectors = Array.from({ length: FACES }, (_, i) => clusters.face(i % 10));
  const faceIds = (
    await addFaces(
      opened.context,
      clusterSpace,
      vectors.map((vector) => ({ vectors: [vector] })),
    )
  ).flat();
  for (const table of ['photos', 'faces', 'face_embeddings']) expect(await rowsKnown(table), table).toBeGreaterThan(FACES / 2);

  for (let person = 0; person < 10; person++) {
    const { personId } = await opened.library.people.create({ displayName: `Person ${person}`, actor: 'mia' });
    await opened.library.labels.confirmMany({ faceIds: faceIds.filter((_, i) => i % 10 === person), personId, actor: 'mia' });
  }
  expect(await rowsKnown('face_labels')).toBeGreaterThan(FACES / 2);
  expect(await rowsKnown('identity_events')).toBeGreaterThan(FACES / 2);
});
