import { expect, test } from 'vitest';
import { openMemoryDatabase } from '../src/database/embedded/open-embedded-database.ts';
import { createLabels } from '../src/identity/labelling/create-labels.ts';
import { createPeople } from '../src/identity/people/create-people.ts';
import { ensureLibrary } from '../src/library/ensure-library.ts';
import { createLibraryContext, type LibraryContext } from '../src/library/library-context.ts';
import { resolveLibrarySettings } from '../src/library/library-settings.ts';
import { createReview } from '../src/review/create-review.ts';
import { migrateSchema } from '../src/schema/migrate.ts';
import { createSearch } from '../src/search/create-search.ts';
import { openTestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';

const PEOPLE = 20;
const FACES_PER_PERSON = 15;
const CONFIRMED_PER_PERSON = 6;

/** Everything a user would see of one generated library, with ids replaced by the order in which they were made. */
async function answers(context: LibraryContext): Promise<string> {
  const clusters = new Clusters(23, PEOPLE);
  const everybody = Array.from({ length: PEOPLE }, (_, person) => person);
  const faces = everybody.flatMap((person) => Array.from({ length: FACES_PER_PERSON }, () => clusters.face(person)));
  const ids = (
    await addFaces(
      context,
      clusterSpace,
      faces.map((vector) => ({ vectors: [vector] })),
    )
  ).flat();
  const [people, labels, search, review] = [
    createPeople(context),
    createLabels(context),
    createSearch(context),
    createReview(context),
  ];
  const names = new Map(ids.map((id, i) => [id, `face ${i}`]));
  for (const person of everybody) {
    const { personId } = await people.create({ displayName: `Person ${(person * 7) % PEOPLE}` });
    const start = person * FACES_PER_PERSON;
    await labels.confirmMany({ faceIds: ids.slice(start, start + CONFIRMED_PER_PERSON), personId, actor: 'mia' });
    names.set(personId, `person ${person}`);
  }
  const probes = ids.filter((_, i) => i % 10 === 0);
  const seen = {
    people: (await people.list({ limit: 200 })).items.map(({ displayName, facesCount }) => [displayName, facesCount]),
    similar: await Promise.all(
      probes.map(async (faceId) => (await search.similarFaces({ faceId })).map(({ face, distance }) => [face.faceId, distance])),
    ),
    suggestions: await Promise.all(
      probes.map(async (faceId) =>
        (await review.suggestions(faceId)).map(({ person, nearestFaceId, ...rest }) => ({
          ...rest,
          personId: person.personId,
          nearestFaceId,
        })),
      ),
    ),
    queue: (await review.queue({ limit: 200 })).items.map(({ face, suggestions }) => [face.faceId, suggestions[0]!.confidence]),
    applied: { ...(await review.applyCertain({ dryRun: true })), batchId: null },
  };
  return JSON.stringify(seen, (_, value) => (typeof value === 'string' ? (names.get(value) ?? value) : value), 1);
}

test.runIf(process.env.TEST_DATABASE_URL)(
  'a server and the embedded database give the same answers to the last digit',
  async () => {
    await using server = await openTestLibrary();
    const database = await openMemoryDatabase(null);
    try {
      await migrateSchema(database.db);
      const libraryId = await ensureLibrary(database.db, 'default');
      const embedded = await answers(createLibraryContext(database.db, libraryId, resolveLibrarySettings({})));
      expect(embedded).toBe(await answers(server.context));
      expect(embedded).toContain('"auto_apply"');
    } finally {
      await database.close();
    }
  },
);
