import fc from 'fast-check';
import { sql } from 'kysely';
import { createFaces } from '../../src/catalog/faces.ts';
import { createGroups } from '../../src/grouping/create-groups.ts';
import { type IgnoredReason, PhotoorgError } from '../../src/index.ts';
import type { LibraryContext } from '../../src/library/library-context.ts';
import { addFaces } from './face-bank.ts';
import { openSampleLibrary } from './sample-library.ts';
import { sampleSpace } from './sample-photos.ts';
import { snapshotLibrary } from './snapshot-library.ts';

/** What may stand in the way of an operation on purpose; anything else is a bug. */
const REFUSALS = new Set([
  'PERSON_ALREADY_IN_PHOTO',
  'PERSON_HAS_LABELS',
  'PERSON_MERGED',
  'PERSON_NOT_FOUND',
  'UNDO_CONFLICT',
  'MERGE_WITH_SELF',
  'LABEL_CHANGED',
  'LABEL_CONFIRMED',
  'FACE_REJECTED_PERSON',
  'FACE_NOT_FOUND',
  'GROUP_NOT_FOUND',
  'GROUPS_APART',
]);
const REFUSED_INPUT = /very box already|Nobody would be left|another person|two groups or more/;

/** Who is on the faces of each photo, by what they look like. */
const PHOTOS = [[0, 1, 2], [0, 1, 2], [0, 1], [3], [3], [4], [0]];
const PEOPLE = 4;
/** More than any sequence makes. */
export const MOST_PEOPLE = 100;
const FACES = PHOTOS.flat().length;
export const actor = 'mia';

/** One or two may have been drawn later. */
const face = fc.nat(FACES + 1);
const faces = fc.array(face, { minLength: 1, maxLength: 3 });
/** One or two may have been made later. */
const person = fc.nat(PEOPLE + 1);
const reason = fc.constantFrom('stranger' as const, 'unclear' as const, undefined);
const boolean = fc.boolean();
const merge = fc.record({ do: fc.constant('merge'), person, into: person, allowSamePhoto: boolean });
const undo = fc.record({ do: fc.constant('undo'), batch: fc.nat() });
/** A few places, so that two are often drawn in one. */
const place = fc.nat(5);
const photo = fc.nat(PHOTOS.length - 1);

const weighted = (weight: number, name: string, fields: Record<string, fc.Arbitrary<unknown>>) => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(name), ...fields }) as fc.Arbitrary<Operation>,
});
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  weighted(4, 'confirm', { face, person, allowSamePhoto: boolean }),
  weighted(1, 'confirmMany', { faces, person }),
  weighted(4, 'apply', {
    face,
    person,
    source: fc.constantFrom('model_guess', 'imported'),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  weighted(2, 'reject', { face, person }),
  weighted(1, 'clear', { face }),
  weighted(1, 'ignore', { face, ignored: fc.constant(false) }),
  weighted(1, 'ignore', { face, ignored: fc.constant(true), reason }),
  weighted(1, 'ignoreRest', { photo, reason }),
  weighted(1, 'update', { person, face, name: fc.constantFrom('Anna', 'Bert', 'Zoë') }),
  weighted(2, 'confirmPhoto', { photo, person }),
  weighted(1, 'clearPhoto', { photo, person }),
  weighted(1, 'create', {}),
  weighted(1, 'remove', { person, unlabel: boolean }),
  weighted(4, 'split', { person, faces, into: person, isNew: boolean, allowSamePhoto: boolean }),
  weighted(2, 'draw', { photo, place, person, isNamed: boolean, allowSamePhoto: boolean }),
  weighted(2, 'move', { face, place }),
  weighted(1, 'erase', { faces }),
  weighted(2, 'takeOut', { faces }),
  weighted(3, 'mergeGroups', { face, into: face }),
  weighted(1, 'nameGroup', { face, person }),
  weighted(1, 'ignoreGroup', { face, reason }),
  { weight: 2, arbitrary: merge },
  { weight: 3, arbitrary: undo },
);
/** What hangs together: merges on merges, undone in any order, between a few other things. */
export const entangled: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 1, arbitrary: operation },
  { weight: 2, arbitrary: merge },
  { weight: 2, arbitrary: undo },
);

export type Operation = Partial<Record<'face' | 'photo' | 'place' | 'person' | 'into' | 'batch', number>> & {
  do: string;
  faces?: number[];
  allowSamePhoto?: boolean;
  ignored?: boolean;
  isNamed?: boolean;
  isNew?: boolean;
  reason?: IgnoredReason;
  unlabel?: boolean;
  source?: string;
  confidence?: number;
  name?: string;
};

/** A library with photos and people, and who does things in it; `start` is how it was before the people. */
export async function openIdentityActors(shared: LibraryContext) {
  const { context, people, labels } = await openSampleLibrary(shared);
  const look = (person: number) => Float32Array.of(2 * (person % 3), 2 * Math.floor(person / 3), 0, 0);
  const photos = await addFaces(
    context,
    sampleSpace,
    PHOTOS.map((people) => ({ vectors: people.map(look) })),
  );
  const start = await snapshotLibrary(context);
  const [drawing, groups] = [createFaces(context), createGroups(context)];
  const faceIds = photos.flat();
  const photoIds = await Promise.all(photos.map(async ([faceId]) => (await drawing.get(faceId!)).photoId));
  const personIds: string[] = [];
  for (let i = 0; i < PEOPLE; i++) personIds.push((await people.create({ displayName: `Person ${i}`, actor })).personId);

  const faceOf = (number = 0) => faceIds[number % faceIds.length]!;
  /** Some of the person's faces; without any, some of anybody's. */
  const facesOf = async (personId: string, numbers: readonly number[]) => {
    const { rows } = await sql<{ faceId: string }>`
      SELECT face_id AS "faceId" FROM face_labels WHERE person_id = ${personId} ORDER BY face_id`.execute(context.db);
    return numbers.map((number) => (rows.length === 0 ? faceOf(number) : rows[number % rows.length]!.faceId));
  };
  const groupOf = async (number: number | undefined) => {
    const { rows } = await sql<{ groupId: string }>`
      SELECT group_id AS "groupId" FROM face_group_members WHERE face_id = ${faceOf(number)}`.execute(context.db);
    return rows[0]?.groupId ?? faceOf(number);
  };

  async function perform(operation: Operation): Promise<unknown> {
    const faceId = faceOf(operation.face);
    const someFaceIds = (operation.faces ?? []).map(faceOf);
    const personOf = (number = 0) => personIds[number % personIds.length]!;
    const personId = personOf(operation.person);
    const { allowSamePhoto, unlabel, confidence = 1, name = '', reason, ignored, place = 0 } = operation;
    const box = { x: 10 + 60 * place, y: 300, width: 100, height: 100 };
    const photoId = photoIds[operation.photo ?? 0]!;
    switch (operation.do) {
      case 'confirm':
        return labels.confirm({ faceId, personId, actor, allowSamePhoto });
      case 'confirmMany':
        return labels.confirmMany({ faceIds: someFaceIds, personId, actor });
      case 'apply': {
        const source = operation.source as 'model_guess';
        return labels.apply({ faceId, personId, source, confidence, provenance: { model: 'sample' } });
      }
      case 'reject':
        return labels.reject({ faceId, personId, actor });
      case 'clear':
        return labels.clear({ faceId, actor });
      case 'ignore':
        return labels.ignore({ faceIds: [faceId], actor, ignored, reason });
      case 'ignoreRest':
        return labels.ignoreRest({ photoId, actor, reason });
      case 'confirmPhoto':
        return labels.confirmPhoto({ photoId, personId, actor });
      case 'clearPhoto':
        return labels.clearPhoto({ photoId, personId, actor });
      case 'update':
        return people.update(personId, { displayName: name, coverFaceId: faceId, aliases: [name, 'also'] });
      case 'merge':
        return people.merge({ fromId: personId, intoId: personOf(operation.into), actor, allowSamePhoto });
      case 'create':
        return personIds.push((await people.create({ displayName: 'Somebody', actor })).personId);
      case 'remove':
        return people.remove(personId, { unlabel, actor });
      case 'split': {
        const into = operation.isNew ? { displayName: 'Somebody else' } : { intoId: personOf(operation.into) };
        const splitFaceIds = await facesOf(personId, operation.faces!);
        const split = await people.split({ fromId: personId, faceIds: splitFaceIds, ...into, allowSamePhoto, actor });
        return operation.isNew && personIds.push(split.personId);
      }
      case 'draw': {
        const named = operation.isNamed ? { personId, allowSamePhoto } : {};
        return faceIds.push((await drawing.create({ photoId, box, ...named, actor })).faceId);
      }
      case 'move':
        return drawing.move({ faceId, box, actor });
      case 'erase':
        return drawing.remove({ faceIds: someFaceIds, actor });
      case 'takeOut':
        await groups.refresh();
        return groups.takeOut(someFaceIds, { actor });
      case 'mergeGroups':
        await groups.refresh();
        return groups.merge(await Promise.all([operation.face, operation.into].map(groupOf)), { actor });
      case 'nameGroup':
        await groups.refresh();
        return groups.name(await groupOf(operation.face), { personId, actor });
      case 'ignoreGroup':
        await groups.refresh();
        return groups.ignore(await groupOf(operation.face), { reason, actor });
      case 'undo': {
        const batches = await readBatches(context);
        return labels.undo({ batchId: batches[operation.batch! % batches.length]!, actor });
      }
      default:
        throw new Error(`Nobody can ${operation.do}.`);
    }
  }
  return { context, labels, perform, start };
}

/** In the order in which they were written. */
export async function readBatches(context: LibraryContext): Promise<string[]> {
  const { rows } = await sql<{ batch_id: string }>`
    SELECT batch_id FROM identity_events WHERE library_id = ${context.libraryId}
    GROUP BY batch_id ORDER BY min(seq)`.execute(context.db);
  return rows.map((row) => row.batch_id);
}

type Perform = (operation: Operation) => Promise<unknown>;

export async function performAll(perform: Perform, operations: readonly Operation[]): Promise<void> {
  for (const operation of operations) await performIfAllowed(perform, operation);
}

export async function performIfAllowed(perform: Perform, operation: Operation): Promise<void> {
  await perform(operation).catch((error) => {
    const isRefusal =
      PhotoorgError.isInstance(error) &&
      (REFUSALS.has(error.code) || (error.code === 'INVALID_INPUT' && REFUSED_INPUT.test(error.message)));
    if (!isRefusal) throw error;
  });
}
