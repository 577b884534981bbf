import fc from 'fast-check';
import { sql } from 'kysely';
import { ConflictError } from '../../src/errors/conflict-error.ts';
import { NotFoundError } from '../../src/errors/not-found-error.ts';
import type { FaceToSave, IgnoredReason } from '../../src/index.ts';
import type { LibraryContext } from '../../src/library/library-context.ts';
import { Clusters, clusterSpace } from './sample-clusters.ts';
import { openSampleLibrary } from './sample-library.ts';
import { sampleFace, samplePhoto } from './sample-photos.ts';

const PEOPLE = 4;
const actor = 'mia';

/** How a new vector lies: as another face of a person, or at a distance from a stored one that limits and ties are about. */
type Look = { readonly person: number } | { readonly like: number; readonly distance: number };

/** Something that happens to a library. Numbers choose among what there is. */
type Happening =
  | { readonly kind: 'photo'; readonly looks: readonly (Look | null)[] }
  | { readonly kind: 'saved again'; readonly photo: number; readonly looks: readonly (Look | null)[] }
  | { readonly kind: 'confirm' | 'import' | 'guess' | 'reject'; readonly face: number; readonly person: number }
  | { readonly kind: 'clear' | 'delete face' | 'delete vector'; readonly face: number }
  | { readonly kind: 'ignore'; readonly face: number; readonly ignored: boolean; readonly reason?: IgnoredReason }
  | { readonly kind: 'born'; readonly person: number; readonly date: string | null }
  | { readonly kind: 'missing' | 'deleted'; readonly photo: number; readonly since: Date | null }
  | { readonly kind: 'delete photo'; readonly photo: number }
  | { readonly kind: 'merge'; readonly from: number; readonly into: number }
  | { readonly kind: 'hide'; readonly person: number }
  | { readonly kind: 'undo'; readonly batch: number };

const some = fc.nat(1_000);
const person = fc.nat(PEOPLE - 1);
const look: fc.Arbitrary<Look> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(PEOPLE + 1).map((person) => ({ person })) },
  { weight: 1, arbitrary: fc.record({ like: some, distance: fc.constantFrom(0, 0.3, 0.6, 0.7) }) },
);
const looks = fc.array(fc.option(look, { freq: 6 }), { minLength: 1, maxLength: 3 });
const since = fc.option(fc.constant(new Date('2024-05-01T10:00:00Z')), { freq: 2 });
const reason = fc.constantFrom<(IgnoredReason | undefined)[]>('stranger', 'not_a_face', 'picture', 'unclear', undefined);
/** The sample photos are of May 2024. */
const born = fc.constantFrom('1980-01-01', '2025-06-07', null);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('photo'), looks }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('saved again'), photo: some, looks }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('confirm', 'import', 'guess', 'reject'), face: some, person }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('clear', 'delete face', 'delete vector'), face: some }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ignore'), face: some, ignored: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ignore'), face: some, ignored: fc.constant(true), reason }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('born'), person, date: born }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('missing', 'deleted'), photo: some, since }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete photo'), photo: some }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge'), from: person, into: person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hide'), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo'), batch: some }) },
);

/** A life of a library: what happens to it between two looks at it. */
export const rounds = fc.array(fc.array(happening, { minLength: 4, maxLength: 10 }), { minLength: 2, maxLength: 4 });

/** A library of few people, some of their faces confirmed, to which everything happens that happens to libraries. */
export class ChangingLibrary {
  readonly context: LibraryContext;
  readonly #library: Awaited<ReturnType<typeof openSampleLibrary>>;
  readonly #clusters = new Clusters(17, PEOPLE);
  readonly #people: string[] = [];
  readonly #batches: string[] = [];
  readonly #contents: string[] = [];

  private constructor(library: Awaited<ReturnType<typeof openSampleLibrary>>) {
    this.#library = library;
    this.context = library.context;
  }

  static async open(shared: LibraryContext): Promise<ChangingLibrary> {
    const changing = new ChangingLibrary(await openSampleLibrary(shared));
    for (let person = 0; person < PEOPLE; person++) {
      const { personId } = await changing.#library.people.create({ displayName: `Person ${person}` });
      changing.#people.push(personId);
      for (let photo = 0; photo < 3; photo++) await changing.#happen({ kind: 'photo', looks: [{ person }] });
    }
    const faces = await changing.#ids('faces');
    for (const [i, faceId] of faces.entries()) {
      if (i % 3 < 2) await changing.#library.labels.confirm({ faceId, personId: changing.#people[Math.floor(i / 3)]!, actor });
    }
    // Somebody drew a box around a face, beside one that was found.
    await changing.#happen({ kind: 'photo', looks: [{ person: 0 }, null] });
    await changing.#happen({ kind: 'confirm', face: faces.length + 1, person: 1 });
    return changing;
  }

  /** What the library refuses does not happen. */
  async go(happenings: readonly Happening[]): Promise<void> {
    for (const happening of happenings) {
      try {
        await this.#happen(happening);
      } catch (error) {
        // A batch that changed nothing cannot be undone.
        if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
      }
    }
  }

  async #happen(happening: Happening): Promise<void> {
    const { labels, people } = this.#library;
    const { db } = this.context;
    switch (happening.kind) {
      case 'photo': {
        this.#contents.push(`photo ${this.#contents.length} of ${this.context.libraryId}`);
        return this.#save(this.#contents.at(-1)!, happening.looks);
      }
      case 'saved again':
        return this.#save(pick(this.#contents, happening.photo), happening.looks);
      case 'missing':
      case 'deleted': {
        const column = happening.kind === 'missing' ? 'missing_since' : 'deleted_ts';
        const photoId = pick(await this.#ids('photos'), happening.photo);
        await db
          .updateTable('photos')
          .set({ [column]: happening.since })
          .where('photo_id', '=', photoId)
          .execute();
        return;
      }
      case 'delete photo': {
        const photoId = pick(await this.#ids('photos'), happening.photo);
        await sql`DELETE FROM photos WHERE photo_id = ${photoId}`.execute(db);
        return;
      }
      case 'merge': {
        if (happening.from === happening.into) return;
        const [fromId, intoId] = [this.#people[happening.from]!, this.#people[happening.into]!];
        this.#batches.push((await people.merge({ fromId, intoId, actor })).batchId);
        return;
      }
      case 'hide':
        await people.update(this.#people[happening.person]!, { hidden: true });
        return;
      case 'born':
        await people.update(this.#people[happening.person]!, { birthDate: happening.date });
        return;
      case 'undo': {
        if (this.#batches.length > 0) await labels.undo({ batchId: pick(this.#batches, happening.batch), actor });
        return;
      }
    }
    const faceIds = await this.#ids('faces');
    if (faceIds.length === 0) return;
    const faceId = pick(faceIds, happening.face);
    switch (happening.kind) {
      case 'delete face':
        await db.deleteFrom('faces').where('face_id', '=', faceId).execute();
        return;
      case 'delete vector':
        await db.deleteFrom('face_embeddings').where('face_id', '=', faceId).execute();
        return;
      case 'clear':
        this.#batches.push((await labels.clear({ faceId, actor })).batchId);
        return;
      case 'ignore': {
        const { ignored, reason } = happening;
        this.#batches.push((await labels.ignore({ faceIds: [faceId], ignored, reason, actor })).batchId);
        return;
      }
    }
    const named = { faceId, personId: this.#people[happening.person]!, actor };
    const applied = { ...named, confidence: 0.9, provenance: {} };
    const change = {
      confirm: () => labels.confirm({ ...named, allowSamePhoto: happening.face % 5 === 0 }),
      import: () => labels.apply({ ...applied, source: 'imported' }),
      guess: () => labels.apply({ ...applied, source: 'model_guess' }),
      reject: () => labels.reject(named),
    }[happening.kind];
    this.#batches.push((await change()).batchId);
  }

  async #save(content: string, looks: readonly (Look | null)[]): Promise<void> {
    const faces: FaceToSave[] = [];
    for (const [i, look] of looks.entries()) {
      const vector = look && (await this.#vector(look));
      faces.push(sampleFace({ x: 10 + i * 90, y: 20, width: 80, height: 100 }, vector && [...vector]));
    }
    await this.#library.photos.saveAnalyzed([{ photo: samplePhoto(content), faces, space: clusterSpace }]);
  }

  async #vector(look: Look): Promise<Float32Array> {
    if ('person' in look) return this.#clusters.face(look.person);
    const { rows } = await sql<{ faceId: string; vector: string }>`
      SELECT face_id AS "faceId", embedding::text AS vector FROM face_embeddings WHERE library_id = ${this.context.libraryId}
      ORDER BY face_id`.execute(this.context.db);
    if (rows.length === 0) return this.#clusters.face(0);
    const vector = Float32Array.from(JSON.parse(pick(rows, look.like).vector) as number[]);
    vector[look.like % vector.length]! += look.distance;
    return vector;
  }

  async #ids(table: 'faces' | 'photos'): Promise<string[]> {
    const column = table === 'faces' ? 'face_id' : 'photo_id';
    const { rows } = await sql<{ id: string }>`
      SELECT ${sql.ref(column)} AS id FROM ${sql.table(table)} WHERE library_id = ${this.context.libraryId} ORDER BY 1`.execute(
      this.context.db,
    );
    return rows.map(({ id }) => id);
  }
}

function pick<Item>(items: readonly Item[], choice: number): Item {
  return items[choice % items.length]!;
}
