import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { lockIdentity } from './change-identity.ts';
import { changeOfEvent } from './event-row.ts';
import { emptyState, foldChange, type IdentityState } from './fold-changes.ts';
import { type FaceState, ignoredState, type LabelState, type PairState, type PersonState } from './identity-change.ts';
import { BOX_AND_IMAGE } from './read-faces.ts';
import { readJournal } from './read-journal.ts';
import { readPeopleOfPhotos } from './read-people-of-photos.ts';

/** A subject whose current state is not what the journal says. */
export interface ReplayDifference {
  readonly table: keyof IdentityState;
  /** Face id, photo id for photos, person id for people, two face ids for pairs. */
  readonly id: string;
  readonly journal: unknown;
  readonly current: unknown;
}

/**
 * Replays the whole journal and compares it with the tables of the current state. Faces that went with their photos are left out: the
 * journal outlives them. So are those of which the journal says nothing, and boxes that a detector or another picture of the photo
 * changed since.
 */
export async function findReplayDifferences(
  context: LibraryContext,
  options: { signal?: AbortSignal } = {},
): Promise<ReplayDifference[]> {
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const journal = emptyState();
    const placed = new Set<string>();
    for await (const row of readJournal(transaction, options)) {
      const change = changeOfEvent(row);
      foldChange(journal, change);
      if (change.subject === 'face') placed.add(change.faceId);
    }
    const current = await readCurrentState(transaction);
    const photos = await transaction.db
      .selectFrom('photos')
      .select('photo_id')
      .where('library_id', '=', transaction.libraryId)
      .execute();
    forgetPhotos(journal, new Set(photos.map((photo) => photo.photo_id)));
    forgetFaces(journal, new Set(current.faces.keys()));
    for (const [faceId, face] of current.faces) {
      const said = journal.faces.get(faceId);
      if (!placed.has(faceId)) current.faces.delete(faceId);
      else if (said && !isDrawn(face, said)) current.faces.set(faceId, { ...face, box: said.box, image: said.image });
    }
    return [
      ...compare('labels', journal.labels, current.labels),
      ...compare('rejections', journal.rejections, current.rejections),
      ...compare('ignored', journal.ignored, current.ignored),
      ...compare('photos', journal.photos, current.photos),
      ...compare('people', journal.people, current.people),
      ...compare('faces', journal.faces, current.faces),
      ...compare('pairs', journal.pairs, current.pairs),
    ];
  });
}

/** The tables of the current state. */
export async function readCurrentState(context: LibraryContext): Promise<IdentityState> {
  const state = emptyState();
  const labels = await sql<LabelState & { faceId: string }>`
    SELECT face_id AS "faceId", person_id AS "personId", label_source AS source, confidence,
      same_photo_allowed AS "samePhotoAllowed"
    FROM face_labels WHERE library_id = ${context.libraryId}`.execute(context.db);
  for (const { faceId, ...label } of labels.rows) state.labels.set(faceId, label);

  const rejections = await context.db
    .selectFrom('face_rejections')
    .select(['face_id', 'person_id'])
    .where('library_id', '=', context.libraryId)
    .execute();
  for (const { face_id, person_id } of rejections) {
    state.rejections.set(face_id, new Set(state.rejections.get(face_id)).add(person_id));
  }

  const ignored = await context.db
    .selectFrom('faces')
    .select(['face_id', 'ignored_reason'])
    .where('library_id', '=', context.libraryId)
    .where('ignored', '=', true)
    .execute();
  for (const { face_id, ignored_reason } of ignored) state.ignored.set(face_id, ignoredState(true, ignored_reason));

  for (const [photoId, people] of await readPeopleOfPhotos(context)) state.photos.set(photoId, people);

  const people = await context.db.selectFrom('people').selectAll().where('library_id', '=', context.libraryId).execute();
  for (const row of people) state.people.set(row.person_id, personState(row));

  const faces = await sql<FaceState & { faceId: string }>`
    SELECT face_id AS "faceId", photo_id AS "photoId", source, ${BOX_AND_IMAGE}
    FROM faces face JOIN photos photo USING (photo_id) WHERE face.library_id = ${context.libraryId}`.execute(context.db);
  for (const { faceId, ...face } of faces.rows) state.faces.set(faceId, face);

  const pairs = await sql<PairState & { faceId: string; otherFaceId: string }>`
    SELECT face_id AS "faceId", other_face_id AS "otherFaceId", is_same AS "isSame"
    FROM face_group_says WHERE library_id = ${context.libraryId}`.execute(context.db);
  for (const { faceId, otherFaceId, isSame } of pairs.rows) state.pairs.set(`${faceId} ${otherFaceId}`, { isSame });
  return state;
}

/** Whether the journal knows where it stands. */
function isDrawn(face: FaceState, said: FaceState): boolean {
  return face.source !== 'detected' && isDeepStrictEqual(face.image, said.image);
}

/** A row of `people` as a state of the journal. */
export function personState(row: {
  display_name: string;
  aliases: string[];
  birth_date: string | null;
  hidden: boolean;
  cover_face_id: string | null;
  merged_into: string | null;
  created_ts: Date;
}): PersonState {
  return {
    displayName: row.display_name,
    aliases: row.aliases,
    birthDate: row.birth_date,
    hidden: row.hidden,
    coverFaceId: row.cover_face_id,
    mergedInto: row.merged_into,
    createdAt: row.created_ts.toISOString(),
  };
}

function forgetPhotos({ faces, photos }: IdentityState, existing: ReadonlySet<string>): void {
  for (const photoId of [...photos.keys()]) if (!existing.has(photoId)) photos.delete(photoId);
  for (const [faceId, { photoId }] of faces) if (!existing.has(photoId)) faces.delete(faceId);
}

function forgetFaces(state: IdentityState, existing: ReadonlySet<string>): void {
  for (const faces of [state.labels, state.rejections, state.ignored]) {
    for (const faceId of [...faces.keys()]) if (!existing.has(faceId)) faces.delete(faceId);
  }
  for (const pair of [...state.pairs.keys()])
    if (pair.split(' ').some((faceId) => !existing.has(faceId))) state.pairs.delete(pair);
  for (const [personId, person] of state.people) {
    if (person.coverFaceId && !existing.has(person.coverFaceId)) state.people.set(personId, { ...person, coverFaceId: null });
  }
}

function compare<Value>(
  table: keyof IdentityState,
  journal: ReadonlyMap<string, Value>,
  current: ReadonlyMap<string, Value>,
): ReplayDifference[] {
  return [...new Set([...journal.keys(), ...current.keys()])]
    .filter((id) => !isDeepStrictEqual(journal.get(id), current.get(id)))
    .map((id) => ({ table, id, journal: journal.get(id) ?? null, current: current.get(id) ?? null }));
}
