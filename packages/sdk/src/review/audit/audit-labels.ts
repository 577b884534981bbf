import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { DoubtedLabel, DoubtKind, Elsewhere } from '../../model/audit.ts';
import type { Review } from '../../model/review.ts';
import { refuseUnknown } from '../../values/refuse-unknown.ts';
import type { RankingNow } from '../prepare-ranking.ts';
import type { ReviewMemory } from '../review-memory.ts';
import { type Doubt, doubtLabels } from './doubt-labels.ts';
import { readTwoPlaces } from './two-places.ts';

type AuditOptions = NonNullable<Parameters<Review['audit']>[0]>;

const DEFAULT_LIMIT = 100;

/** The labels that may be wrong, the most doubtful first. Changes nothing. */
export async function auditLabels(
  context: LibraryContext,
  { memory, ranking }: { memory: ReviewMemory; ranking: RankingNow },
  options: AuditOptions,
): Promise<DoubtedLabel[]> {
  refuseUnknown<AuditOptions>(options, { limit: true, signal: true, onProgress: true }, 'the options of review.audit');
  const { limit = DEFAULT_LIMIT, signal, onProgress } = options;
  if (!(Number.isInteger(limit) && limit > 0)) throw InvalidInputError.expected('a whole number of at least 1', 'limit', limit);
  const answers = await memory.current(signal);
  if (!answers) return [];
  const twoPlaces = await readTwoPlaces(context, signal);
  const doubts = (await doubtLabels(answers, await ranking(answers.known, signal), { twoPlaces, signal, onProgress })).slice(
    0,
    limit,
  );
  const rows = await context.db
    .selectFrom('people')
    .select(['person_id', 'display_name'])
    .where('library_id', '=', context.libraryId)
    .execute();
  const people = new Map(rows.map((row) => [row.person_id, { personId: row.person_id, displayName: row.display_name }]));
  return doubts.flatMap((doubt) => {
    const { index, personId, kinds, confidence, elsewhere } = doubt;
    const person = people.get(personId);
    // Removed since it was looked at.
    if (!person) return [];
    const { faceId, photoId } = answers.known.bank.faces[index]!;
    const other = doubt.instead && people.get(doubt.instead.personId);
    const instead = other ? { person: other, confidence: doubt.instead!.confidence } : null;
    const reason = sayDoubt(doubt, person.displayName, other?.displayName ?? null);
    return { faceId, photoId, person, kinds: [...kinds], instead, elsewhere, confidence, doubt: doubt.doubt, reason };
  });
}

function sayDoubt({ kinds, ownDistance, instead, elsewhere }: Doubt, name: string, otherName: string | null): string {
  const own =
    ownDistance === null
      ? `no other face of ${name} is known`
      : `the nearest other face of ${name} is at ${ownDistance.toFixed(2)}`;
  const other = instead && otherName !== null ? `one of ${otherName} at ${instead.distance.toFixed(2)}` : 'nobody else is near';
  const sentences: Record<DoubtKind, string> = {
    before_birth: `${name} was not born when the photo was taken.`,
    twice_in_photo: `${name} stands in the photo by another face, too.`,
    two_places: elsewhere ? `${name} stands in another photo, too, ${sayElsewhere(elsewhere)}.` : '',
    another_person: `It looks like somebody else: ${own}, ${other}.`,
    unlike_the_others: `It is unlike the others: ${own}, ${other}.`,
  };
  return kinds.map((kind) => sentences[kind]).join(' ');
}

function sayElsewhere({ kilometres, minutes }: Elsewhere): string {
  const time = Math.abs(minutes) < 120 ? `${Math.abs(minutes)} minutes` : `${Math.round(Math.abs(minutes) / 60)} hours`;
  return `${kilometres} km away and ${minutes === 0 ? 'at the same minute' : `${time} ${minutes > 0 ? 'later' : 'earlier'}`}`;
}
