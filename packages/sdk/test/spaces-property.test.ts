import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPhotoLibrary } from '../src/create-photo-library.ts';
import { ConflictError } from '../src/errors/conflict-error.ts';
import { NotFoundError } from '../src/errors/not-found-error.ts';
import type { EmbeddingSpaceToSave, PhotoLibrary, SimilarFace, Suggestion } from '../src/index.ts';
import { spaceInUse } from '../src/library/active-space.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { l2Distance } from '../src/search/distance.ts';
import { saveVectors } from '../src/spaces/save-vectors.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { Clusters, clusterSpace } from './support/sample-clusters.ts';
import { openSampleLibrary } from './support/sample-library.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

const RUNS = 10;
const PEOPLE = 3;
const FACES_PER_PERSON = 4;
const actor = 'mia';
const box = { x: 10, y: 20, width: 80, height: 100 };

/** Of one length, so that a mixed comparison would give a distance and no error; in the second, distances are longer. */
const spaces: readonly EmbeddingSpaceToSave[] = [
  { ...clusterSpace, name: 'one' },
  { ...clusterSpace, name: 'other', samePersonDistance: 1.5 },
];

/** Something that happens between two looks. Numbers choose among what there is. */
type Happening =
  | { readonly kind: 'photo'; readonly space: number; readonly person: number }
  | { readonly kind: 'fill'; readonly space: number; readonly face: number }
  | { readonly kind: 'confirm'; readonly face: number; readonly person: number }
  | { readonly kind: 'use'; readonly space: number }
  | { readonly kind: 'roll back' };

const [space, person, face] = [fc.nat(1), fc.nat(PEOPLE - 1), fc.nat(1_000)];
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('photo'), space, person }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fill'), space, face }) },
  fc.record({ kind: fc.constant('confirm'), face, person }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('use'), space }) },
  fc.record({ kind: fc.constant('roll back') }),
);

/** A library with two spaces, and what every face is in each. */
class SpacedLibrary {
  readonly library: PhotoLibrary;
  readonly context: LibraryContext;
  readonly people: string[] = [];
  readonly faceIds: string[] = [];
  readonly #vectors = new Map<string, Float32Array>();
  readonly #clusters = [new Clusters(3, PEOPLE), new Clusters(4, PEOPLE)] as const;

  private constructor(context: LibraryContext, { database }: PhotoLibrary) {
    this.context = context;
    this.library = createPhotoLibrary(context, database, { close: async () => {} });
  }

  static async open(shared: TestLibrary): Promise<SpacedLibrary> {
    const spaced = new SpacedLibrary((await openSampleLibrary(shared.context)).context, shared.library);
    for (let i = 0; i < PEOPLE; i++) {
      spaced.people.push((await spaced.library.people.create({ displayName: `Person ${i}` })).personId);
    }
    for (let i = 0; i < PEOPLE * FACES_PER_PERSON; i++) {
      await spaced.happen({ kind: 'photo', space: 0, person: i % PEOPLE });
      await spaced.happen({ kind: 'fill', space: 1, face: i });
      if (i >= PEOPLE) await spaced.happen({ kind: 'confirm', face: i, person: i % PEOPLE });
    }
    return spaced;
  }

  async happen(happening: Happening): Promise<void> {
    const { context, library } = this;
    try {
      switch (happening.kind) {
        case 'photo': {
          const vector = this.#look(happening.space, happening.person);
          const [[faceId] = []] = await addFaces(context, spaces[happening.space]!, [{ vectors: [vector] }]);
          this.faceIds.push(faceId!);
          this.#vectors.set(`${spaces[happening.space]!.name} ${faceId}`, vector);
          return;
        }
        case 'fill': {
          const [into, faceId] = [spaces[happening.space]!, pick(this.faceIds, happening.face)];
          if (this.vectorIn(into.name, faceId)) return;
          // Somebody else than in the first space: whoever mixes them names the wrong one.
          const vector = this.#look(happening.space, (happening.face + happening.space) % PEOPLE);
          const { spaceId } = await library.spaces.ensure(into);
          await saveVectors(context, { spaceId, dimension: into.dimension }, [{ faceId, box, vector }]);
          this.#vectors.set(`${into.name} ${faceId}`, vector);
          return;
        }
        case 'confirm':
          await library.labels.confirm({
            faceId: pick(this.faceIds, happening.face),
            personId: this.people[happening.person]!,
            actor,
          });
          return;
        case 'use':
          await library.spaces.use({ space: spaces[happening.space]!.name, incomplete: true, actor });
          return;
        case 'roll back':
          await library.spaces.rollback({ actor });
      }
    } catch (error) {
      // What the library refuses does not happen.
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    }
  }

  vectorIn(space: string, faceId: string): Float32Array | undefined {
    return this.#vectors.get(`${space} ${faceId}`);
  }

  #look(space: number, person: number): Float32Array {
    return this.#clusters[space as 0 | 1].face(person).map((value) => value * (1 + space * 1.5));
  }
}

function pick<Item>(items: readonly Item[], number: number): Item {
  return items[number % items.length]!;
}

/** null when it says that the face has no vector in the space that serves. */
async function unlessUnknown<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  return asked.catch((error: unknown) => {
    if (error instanceof NotFoundError && error.code === 'SPACE_NOT_FOUND') return null;
    throw error;
  });
}

/** The one space of an answer; fails when there are several. */
function spaceOf(answer: readonly { space: string }[]): string | null {
  const named = new Set(answer.map((item) => item.space));
  expect(named.size).toBeLessThanOrEqual(1);
  return [...named][0] ?? null;
}

function expectSimilar({ vectorIn, faceIds }: Looks, probe: string, found: readonly SimilarFace[]): void {
  const space = spaceOf(found);
  if (space === null) return;
  const [vector, others] = [vectorIn(space, probe)!, faceIds.filter((faceId) => faceId !== probe && vectorIn(space, faceId))];
  expect(found.map((hit) => hit.face.faceId).sort()).toEqual(others.toSorted());
  for (const hit of found) expect(hit.distance).toBeCloseTo(l2Distance(vector, vectorIn(space, hit.face.faceId)!), 5);
}

function expectSuggestions({ vectorIn, scales }: Looks, probe: string, suggestions: readonly Suggestion[]): void {
  const space = spaceOf(suggestions);
  if (space === null) return;
  for (const { nearestFaceId, distance } of suggestions) {
    const between = l2Distance(vectorIn(space, probe)!, vectorIn(space, nearestFaceId)!);
    expect(distance).toBeCloseTo(between * scales.get(space)!, 5);
  }
}

interface Looks {
  readonly faceIds: readonly string[];
  readonly vectorIn: (space: string, faceId: string) => Float32Array | undefined;
  readonly scales: ReadonlyMap<string, number>;
}

async function scalesOf(spaced: SpacedLibrary): Promise<Map<string, number>> {
  const listed = await spaced.library.spaces.list();
  const inUse = await Promise.all(listed.map(({ spaceId }) => spaceInUse(spaced.context, spaceId)));
  return new Map(inUse.map((space) => [space!.name, space!.scale]));
}

test('no answer mixes spaces, whichever serves, and while it changes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 12 }), face, async (happenings, number) => {
      const spaced = await SpacedLibrary.open(opened);
      const { library, faceIds } = spaced;
      const vectorIn = spaced.vectorIn.bind(spaced);
      for (const happening of happenings) {
        const probe = pick(faceIds, number);
        // Asked while it happens: of the space before, or of the one after.
        const [, during, similarDuring] = await Promise.all([
          spaced.happen(happening),
          unlessUnknown(library.review.suggestions(probe)),
          unlessUnknown(library.search.similarFaces({ faceId: probe, limit: 200 })),
        ]);
        const looks = { faceIds, vectorIn, scales: await scalesOf(spaced) };
        if (during) expectSuggestions(looks, probe, during);
        if (similarDuring && happening.kind !== 'photo' && happening.kind !== 'fill') expectSimilar(looks, probe, similarDuring);

        const active = (await library.spaces.active())!.name;
        for (const asked of [undefined, ...spaces.map(({ name }) => name)]) {
          const options = asked === undefined ? {} : { space: asked };
          const similar = await unlessUnknown(library.search.similarFaces({ faceId: probe, limit: 200, ...options }));
          expect(similar === null).toBe(vectorIn(asked ?? active, probe) === undefined);
          if (!similar) continue;
          expectSimilar(looks, probe, similar);
          expect(spaceOf(similar) ?? asked ?? active).toBe(asked ?? active);

          const embedding = vectorIn(asked ?? active, probe)!;
          const people = await library.review.identify({ embedding, ...options });
          expect(spaceOf(people) ?? asked ?? active).toBe(asked ?? active);
          expectSuggestions(looks, probe, people);
          for (const hit of await library.search.search({ faceId: probe, limit: 200, ...options })) {
            const distance = l2Distance(embedding, vectorIn(asked ?? active, hit.face!.faceId)!);
            expect(hit.reason).toContain(`a face at distance ${distance.toFixed(3)}`);
          }
        }

        const { items } = await library.review.queue({ minConfidence: 0, limit: 200 });
        expect(items.every((item) => vectorIn(active, item.face.faceId))).toBe(true);
        expect(spaceOf(items.flatMap((item) => item.suggestions)) ?? active).toBe(active);
        for (const item of items) expectSuggestions(looks, item.face.faceId, item.suggestions);
      }
    }),
    { numRuns: RUNS },
  );
}, 600_000);
