import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { lockIdentity } from './change-identity.ts';
import { changeOfEvent } from './event-row.ts';
import { emptyState, foldChange, type IdentityState } from './fold-changes.ts';
import { ignoredState, type LabelState, type PersonState } from './identity-change.ts';
import { readJournal } from './read-journal.ts';
import { readPeopleOfPhotos } from './read-people-of-photos.ts';

/** A subject whose current state is not what the journal says. */
export interface ReplayDifference {
  /** labels, rejections, ignored, photos or people. */
  readonly table: keyof IdentityState;
  /** Face id, photo id for photos, or person id for people. */
  readonly id: string;
  readonly journal: unknown;
  readonly current: unknown;
}

/**
 * Replays the whole journal and compares it with the tables of the current state. Faces that were deleted since are left out: the
 * journal outlives them.
 */
export async function findReplayDifferences(
  context: LibraryContext,
  options: { signal?: AbortSignal } = {},
): Promise<ReplayDifference[]> {
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const journal = emptyState();
    for await (const row of readJournal(transaction, options)) foldChange(journal, changeOfEvent(row));
    const current = await readCurrentState(transaction);
    const faces = await transaction.db
      .selectFrom('faces')
      .select('face_id')
      .where('library_id', '=', transaction.libraryId)
      .execute();
    forgetFaces(journal, new Set(faces.map((face) => face.face_id)));
    const photos = await transaction.db
      .selectFrom('photos')
      .select('photo_id')
      .where('library_id', '=', transaction.libraryId)
      .execute();
    const existing = new Set(photos.map((photo) => photo.photo_id));
    for (const photoId of [...journal.photos.keys()]) if (!existing.has(photoId)) journal.photos.delete(photoId);
    return [
      ...compare('labels', journal.labels, current.labels),
      ...compare('rejections', journal.rejections, current.rejections),
      ...compare('ignored', journal.ignored, current.ignored),
      ...compare('photos', journal.photos, current.photos),
      ...compare('people', journal.people, current.people),
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
  return state;
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

function forgetFaces(state: IdentityState, existing: ReadonlySet<string>): void {
  for (const faces of [state.labels, state.rejections, state.ignored]) {
    for (const faceId of [...faces.keys()]) if (!existing.has(faceId)) faces.delete(faceId);
  }
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
