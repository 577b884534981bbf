import { sql } from 'kysely';
import { changeIdentity } from '../../identity/change-identity.ts';
import { type IdentityChange, ignoredState } from '../../identity/identity-change.ts';
import { readLabelling } from '../../identity/read-labelling.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { IgnoredReason } from '../../model/ignored-reason.ts';

/** A face, and the region that named it and does so no longer. */
export interface WithdrawnRegion {
  readonly faceId: string;
  readonly region: { readonly name: string; readonly file: string };
}

/**
 * Takes back what only a region said: its imported label goes, and a face that was made for the region is set aside. What a person confirmed, and what
 * another program or a merge made of the label, stays. The journal has it all, so it can be undone.
 */
export async function withdrawLabels(
  context: LibraryContext,
  withdrawn: readonly WithdrawnRegion[],
  actor: string,
): Promise<void> {
  if (withdrawn.length === 0) return;
  const regions = new Map(withdrawn.map(({ faceId, region }) => [faceId, region]));
  await changeIdentity(context, actor, async (transaction) => {
    const faceIds = [...regions.keys()];
    const { faces } = await readLabelling(transaction, faceIds);
    const labelled = await facesNamedByRegions(transaction, faceIds);
    const made = await facesMadeForRegions(transaction, faceIds);
    return faces.flatMap(({ faceId, label, ignored }): IdentityChange[] => {
      const provenance = { withdrawn: regions.get(faceId)! };
      const isTaken = label !== null && label.source === 'imported' && labelled.has(faceId);
      return [
        ...(isTaken ? [{ subject: 'label' as const, faceId, before: label, after: null, provenance }] : []),
        ...(made.has(faceId) && (label === null || isTaken)
          ? [{ subject: 'ignored' as const, faceId, before: ignored, after: ignoredState(true, 'unclear'), provenance }]
          : []),
      ];
    });
  });
}

/** Faces that were set aside when their regions went, and are named again. */
export async function takeBackFaces(context: LibraryContext, faceIds: readonly string[], actor: string): Promise<void> {
  if (faceIds.length === 0) return;
  await changeIdentity(context, actor, async (transaction) => {
    const { rows } = await sql<{ faceId: string; reason: IgnoredReason | null }>`
      SELECT face_id AS "faceId", ignored_reason AS reason FROM faces face
      WHERE face_id = ANY (${[...faceIds]}::uuid[]) AND ignored AND (
        SELECT provenance ? 'withdrawn' FROM identity_events event
        WHERE event.face_id = face.face_id AND kind = 'face_ignored' ORDER BY seq DESC LIMIT 1)`.execute(transaction.db);
    return rows.map(
      ({ faceId, reason }): IdentityChange => ({
        subject: 'ignored',
        faceId,
        before: ignoredState(true, reason),
        after: { ignored: false },
      }),
    );
  });
}

/** Those whose label was last set by a region. Merging people moves a label and says nothing of where it is from, nor does undoing. */
async function facesNamedByRegions(context: LibraryContext, faceIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ faceId: string }>`
    SELECT "faceId" FROM (
      SELECT DISTINCT ON (face_id) face_id AS "faceId", provenance FROM identity_events event
      WHERE face_id = ANY (${[...faceIds]}::uuid[]) AND kind IN ('label_set', 'label_cleared') AND undoes IS NULL AND NOT EXISTS (
        SELECT FROM identity_events merge WHERE merge.batch_id = event.batch_id AND merge.kind = 'person_merged')
      ORDER BY face_id, seq DESC
    ) AS said WHERE provenance ? 'region'`.execute(context.db);
  return new Set(rows.map(({ faceId }) => faceId));
}

async function facesMadeForRegions(context: LibraryContext, faceIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ faceId: string }>`
    SELECT face_id AS "faceId" FROM faces
    WHERE face_id = ANY (${[...faceIds]}::uuid[]) AND source = 'imported' AND detector LIKE 'region:%'`.execute(context.db);
  return new Set(rows.map(({ faceId }) => faceId));
}
