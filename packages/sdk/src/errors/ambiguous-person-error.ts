import { ConflictError } from './conflict-error.ts';

/** Somebody who may be meant by a name, with what tells them from the others. */
export interface PersonCandidate {
  readonly personId: string;
  readonly displayName: string;
  readonly aliases: readonly string[];
  readonly birthDate: string | null;
  readonly coverFaceId: string | null;
  readonly facesCount: number;
  readonly photosCount: number;
}

/** Candidates that the message tells of. */
const MOST_TOLD = 10;

/**
 * PERSON_AMBIGUOUS: several people go by the name that was to stand for one. `candidates` are these people, as are `details.candidates` for
 * programs that see the error as JSON.
 *
 * @example
 * ```ts
 * const people = await library.people.findByName('Li Na').then(
 *   (person) => (person ? [person] : []),
 *   (error: unknown) => {
 *     if (error instanceof AmbiguousPersonError) return error.candidates; // ask which of them
 *     throw error;
 *   },
 * );
 * ```
 */
export class AmbiguousPersonError extends ConflictError {
  readonly candidates: readonly PersonCandidate[];

  constructor(name: string, candidates: readonly PersonCandidate[]) {
    const told = candidates.slice(0, MOST_TOLD).map(describeCandidate);
    const rest = candidates.length - told.length;
    super(
      'PERSON_AMBIGUOUS',
      `${candidates.length} people go by the name '${name}': ${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
      { remedy: 'Name the one who is meant by the id.', details: { name, candidates: candidates.map(toCandidate) } },
    );
    this.candidates = candidates;
  }
}

function describeCandidate({ personId, displayName, birthDate, facesCount }: PersonCandidate): string {
  const born = birthDate === null ? '' : `born ${birthDate}, `;
  return `${personId} '${displayName}' (${born}${facesCount} ${facesCount === 1 ? 'face' : 'faces'})`;
}

const toCandidate = ({ personId, displayName, aliases, birthDate, coverFaceId, facesCount, photosCount }: PersonCandidate) => ({
  personId,
  displayName,
  aliases,
  birthDate,
  coverFaceId,
  facesCount,
  photosCount,
});
