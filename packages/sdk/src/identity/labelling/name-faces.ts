import { sql } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange } from '../../model/labels.ts';
import { newId } from '../../values/new-id.ts';
import { createPerson } from '../people/change-person.ts';
import { findByName } from '../people/find-by-name.ts';
import { findSurvivor } from '../people/find-survivor.ts';
import { checkName } from '../people/person-fields.ts';
import type { Revisions } from '../revisions.ts';
import { confirmFaces } from './confirm-faces.ts';

export interface FaceToName {
  readonly faceId: string;
  readonly photoId: string;
}

interface NameFacesOptions {
  /** Who they are; or `name`. */
  personId?: string;
  /** The name or alias of somebody; a person is made of it when nobody goes by it. */
  name?: string;
  actor: string;
  provenance: Record<string, unknown>;
  revisions?: Revisions;
  batchId: string;
}

interface NamedFaces extends LabelChange {
  personId: string;
  faceIds: string[];
  /** Not named, since the person stands in their photo by another face. */
  leftOutFaceIds: string[];
}

/** Confirms faces as one person, who is made if need be, inside a transaction. */
export async function nameFaces(
  transaction: LibraryContext,
  faces: readonly FaceToName[],
  { personId: known, name, actor, provenance, revisions, batchId }: NameFacesOptions,
): Promise<NamedFaces> {
  if ((known === undefined) === (name === undefined))
    throw new InvalidInputError('Expected either personId or name of who it is.');
  const { personId, events } = await whoIsMeant(transaction, { personId: known, name, actor, batchId });
  const taken = await photosShowing(transaction, personId, faces);
  const [faceIds, leftOutFaceIds] = [false, true].map((isTaken) =>
    faces.filter(({ photoId, faceId }) => ((taken.get(photoId) ?? faceId) !== faceId) === isTaken).map(({ faceId }) => faceId),
  ) as [string[], string[]];
  const change = await confirmFaces(transaction, {
    faceIds,
    personId,
    actor,
    provenance,
    revisions: only(revisions, faceIds),
    batchId,
  });
  return { batchId, events: events + change.events, personId, faceIds, leftOutFaceIds };
}

function only(revisions: Revisions = new Map(), faceIds: readonly string[]): Revisions {
  const wanted = new Set(faceIds);
  return new Map([...revisions].filter(([faceId]) => wanted.has(faceId.toLowerCase())));
}

async function whoIsMeant(
  context: LibraryContext,
  { personId, name, actor, batchId }: Pick<NameFacesOptions, 'personId' | 'name' | 'actor' | 'batchId'>,
): Promise<{ personId: string; events: number }> {
  if (personId !== undefined) return { personId: (await findSurvivor(context, personId)).personId, events: 0 };
  const known = await findByName(context, name!);
  if (known) return { personId: known.personId, events: 0 };
  const created = newId();
  const fields = { displayName: checkName(name, 'name'), aliases: [], birthDate: null };
  const { events } = await createPerson(context, created, fields, actor, batchId);
  return { personId: created, events };
}

/** By which face the person stands in a photo, as somebody said. */
async function photosShowing(
  context: LibraryContext,
  personId: string,
  faces: readonly FaceToName[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ photoId: string; faceId: string }>`
    SELECT photo_id AS "photoId", face_id AS "faceId" FROM face_labels
    WHERE person_id = ${personId} AND label_source <> 'model_guess'
      AND photo_id = ANY (${faces.map(({ photoId }) => photoId)}::uuid[])`.execute(context.db);
  return new Map(rows.map(({ photoId, faceId }) => [photoId, faceId]));
}
