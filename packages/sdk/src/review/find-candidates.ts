import { createFaces } from '../catalog/faces.ts';
import { placeOf } from '../evidence/face-bank.ts';
import type { KnownFaces } from '../evidence/known-faces.ts';
import { scaled } from '../evidence/read-vectors.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { resolveProbe } from '../search/resolve-probe.ts';
import type { ReviewMemory } from './review-memory.ts';
import type { RankingQuestion } from './terms/ranking-term.ts';

interface Asked {
  readonly context: LibraryContext;
  readonly memory: ReviewMemory;
  readonly signal?: AbortSignal;
}

/** A face, with everybody in its reach, and the faces that it was held against. */
export interface Candidates {
  readonly question: RankingQuestion;
  readonly known: KnownFaces;
}

/** A stored face, with everybody in its reach. */
export async function findCandidates({ context, memory, signal }: Asked, faceId: string): Promise<Candidates> {
  // Throws for a face that is unknown, or has no vector.
  const { spaceId } = await createFaces(context).embedding(faceId);
  const answers = (await memory.inSpace(spaceId, signal))!;
  return { known: answers.known, question: answers.question(placeOf(answers.known.bank, faceId.toLowerCase())!) };
}

/** An embedding that is not stored, with everybody in its reach. */
export async function findCandidatesFor(
  { context, memory, signal }: Asked,
  options: { embedding: Float32Array | number[]; space?: string },
): Promise<Candidates> {
  const { spaceId, vector } = await resolveProbe(context, options);
  const answers = (await memory.inSpace(spaceId, signal))!;
  return { known: answers.known, question: answers.questionFor(scaled(vector, answers.known.bank)) };
}
