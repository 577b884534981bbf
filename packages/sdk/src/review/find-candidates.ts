import { sql } from 'kysely';
import { createFaces } from '../catalog/faces.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { companyOf, excludedPeople } from '../evidence/evidence-rules.ts';
import { readFacts } from '../evidence/face-facts.ts';
import { findEvidence } from '../evidence/find-evidence.ts';
import { spaceInUse } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { resolveProbe } from '../search/resolve-probe.ts';
import { isUuid } from '../values/is-uuid.ts';
import type { RankingQuestion } from './terms/ranking-term.ts';

const NOBODY: ReadonlySet<string> = new Set();

/** A stored face, with everybody in its reach, by queries about it alone. */
export async function findCandidates(context: LibraryContext, faceId: string, signal?: AbortSignal): Promise<RankingQuestion> {
  if (!isUuid(faceId)) throw new NotFoundError('face', faceId);
  const inPhoto = await readFacts(context, sql`photo_id = (SELECT photo_id FROM faces WHERE face_id = ${faceId})`, signal);
  const face = inPhoto.find((other) => other.faceId === faceId.toLowerCase());
  if (!face) throw new NotFoundError('face', faceId);
  const { spaceId, embedding: vector } = await createFaces(context).embedding(faceId);
  const space = (await spaceInUse(context, spaceId))!;
  const probe = { space, vector, faceId: face.faceId, excluded: excludedPeople(face, inPhoto) };
  return { space: space.name, face, company: companyOf(face, inPhoto), candidates: await findEvidence(context, probe, signal) };
}

/** An embedding that is not stored, with everybody in its reach. */
export async function findCandidatesFor(
  context: LibraryContext,
  options: { embedding: Float32Array | number[]; space?: string },
  signal?: AbortSignal,
): Promise<RankingQuestion> {
  const { spaceId, vector } = await resolveProbe(context, options);
  const space = (await spaceInUse(context, spaceId))!;
  const candidates = await findEvidence(context, { space, vector, faceId: null, excluded: NOBODY }, signal);
  return { space: space.name, face: null, company: NOBODY, candidates };
}
