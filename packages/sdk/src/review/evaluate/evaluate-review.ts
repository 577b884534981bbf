import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { Birth } from '../../evidence/evidence-rules.ts';
import type { FaceFacts } from '../../evidence/face-facts.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { EvaluatedGroup, EvaluatedPerson, Evaluation } from '../../model/evaluation.ts';
import type { Review } from '../../model/review.ts';
import { type KnownNames, refuseUnknown } from '../../values/refuse-unknown.ts';
import type { RankingNow } from '../prepare-ranking.ts';
import type { ReviewMemory } from '../review-memory.ts';
import { countQuestions } from './count-questions.ts';
import { drawConfirmed } from './draw-confirmed.ts';
import { DEFAULT_TRIALS } from './draw-trials.ts';
import { asGroup, atThreshold, calibration, coverage, firstRight, identification, withoutTerms } from './measure-trials.ts';
import { type FaceTrial, tryFaces } from './try-faces.ts';

type EvaluateOptions = NonNullable<Parameters<Review['evaluate']>[0]>;

const OPTIONS: KnownNames<EvaluateOptions> = { limit: true, questionFaces: true, signal: true, onProgress: true };

/** Faces named from nobody named unless more or fewer are asked for. */
const DEFAULT_QUESTION_FACES = 1_000;

/** Confidences of the table of thresholds, beside the library's own. */
const THRESHOLDS = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99];
const CROWDING = ['crowded', 'usual', 'sparse'];
/** Years: where each group of ages begins. */
const AGES = [
  { from: 0, name: 'under 3 years' },
  { from: 3, name: '3 to 11 years' },
  { from: 12, name: '12 to 17 years' },
  { from: 18, name: '18 years and more' },
];

/** Tries a library on its own confirmed faces, each held against the others. Changes nothing. */
export async function evaluateReview(
  context: LibraryContext,
  { memory, ranking }: { memory: ReviewMemory; ranking: RankingNow },
  options: EvaluateOptions,
): Promise<Evaluation> {
  refuseUnknown<EvaluateOptions>(options, OPTIONS, 'the options of review.evaluate');
  const { limit = DEFAULT_TRIALS, questionFaces = DEFAULT_QUESTION_FACES, signal, onProgress } = options;
  if (!(Number.isInteger(limit) && limit > 0)) throw InvalidInputError.expected('a whole number of at least 1', 'limit', limit);
  if (!(Number.isInteger(questionFaces) && questionFaces >= 0)) {
    throw InvalidInputError.expected('a whole number of at least 0', 'questionFaces', questionFaces);
  }
  const answers = await memory.current(signal);
  const truth = answers ? drawConfirmed(answers.known, questionFaces) : new Map<number, string>();
  const tried = ({ done, total }: { done: number; total: number }) => onProgress?.({ done, total: total + truth.size });
  const trials = answers
    ? await tryFaces(answers, await ranking(answers.known, signal), { limit, signal, onProgress: tried })
    : [];
  // Guesses are taken back now and then; a bar does not go back.
  let furthest = 0;
  const asked = (named: number) => {
    furthest = Math.max(furthest, named);
    onProgress?.({ done: trials.length + furthest, total: trials.length + truth.size });
  };
  const isCounted = answers !== null && truth.size > 0;
  const questions = isCounted
    ? await countQuestions(answers.known, { truth, ranking, settings: context.settings, signal, onProgress: asked })
    : null;
  const { autoApplyThreshold, confirmThreshold } = context.settings;
  const thresholds = [...new Set([...THRESHOLDS, autoApplyThreshold, confirmThreshold])].sort((a, b) => a - b);
  return {
    facesTried: trials.length,
    knownFaces: trials.filter(({ isKnown }) => isKnown).length,
    peopleTried: new Set(trials.map(({ personId }) => personId)).size,
    firstRight: firstRight(trials),
    identification: identification(trials),
    coverage: coverage(trials),
    thresholds: thresholds.map((confidence) => atThreshold(trials, confidence)),
    ...calibration(trials),
    people: await evaluatePeople(context, trials),
    crowding: byCrowding(trials, autoApplyThreshold),
    ages: answers ? byAge(trials, answers.known.bank, autoApplyThreshold) : [],
    withoutTerm: withoutTerms(trials),
    questions,
  };
}

async function evaluatePeople(context: LibraryContext, trials: readonly FaceTrial[]): Promise<EvaluatedPerson[]> {
  const rows = await context.db
    .selectFrom('people')
    .select(['person_id', 'display_name'])
    .where('library_id', '=', context.libraryId)
    .execute();
  const names = new Map(rows.map((row) => [row.person_id, row.display_name]));
  const { autoApplyThreshold } = context.settings;
  return [
    ...Map.groupBy(
      trials.filter(({ isKnown }) => isKnown),
      ({ personId }) => personId,
    ),
  ]
    .flatMap(([personId, ofPerson]) => {
      const displayName = names.get(personId);
      // Removed since they were tried.
      if (displayName === undefined) return [];
      const named = ofPerson.filter(({ guess }) => guess !== null && guess.certainty >= autoApplyThreshold);
      const right = named.filter(({ guess }) => guess!.personId === personId).length;
      const instead = Map.groupBy(
        ofPerson.flatMap(({ guess }) => (guess && guess.personId !== personId ? guess.personId : [])),
        (other) => other,
      );
      const [mostOften] = [...instead].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
      return {
        personId,
        displayName,
        knownFaces: ofPerson.length,
        named: right,
        mistaken: named.length - right,
        mistakenFor: mostOften ? (names.get(mostOften[0]) ?? null) : null,
      };
    })
    .sort(
      (a, b) => b.mistaken - a.mistaken || a.named / a.knownFaces - b.named / b.knownFaces || (a.personId < b.personId ? -1 : 1),
    );
}

function byCrowding(trials: readonly FaceTrial[], autoApplyThreshold: number): EvaluatedGroup[] {
  const crowdedFirst = trials.toSorted((a, b) => a.strangerDistance - b.strangerDistance || a.index - b.index);
  const third = Math.ceil(trials.length / CROWDING.length);
  return CROWDING.map((name, i) => asGroup(name, crowdedFirst.slice(i * third, (i + 1) * third), autoApplyThreshold)).filter(
    ({ faces }) => faces > 0,
  );
}

function byAge(
  trials: readonly FaceTrial[],
  { faces, births }: { faces: readonly FaceFacts[]; births: readonly Birth[] },
  autoApplyThreshold: number,
): EvaluatedGroup[] {
  const born = new Map(births.map(({ personId, date }) => [personId, date]));
  const ageOf = ({ index, personId }: FaceTrial) => ageAt(born.get(personId), faces[index]!.shotLocal);
  return AGES.flatMap(({ from, name }, i) => {
    const until = AGES[i + 1]?.from ?? Number.POSITIVE_INFINITY;
    const ofAge = trials.filter((trial) => {
      const age = ageOf(trial);
      return age !== null && age >= from && age < until;
    });
    return ofAge.length === 0 ? [] : [asGroup(name, ofAge, autoApplyThreshold)];
  });
}

/** In whole years; null when one of the two is not known. */
function ageAt(birth: string | undefined, shotLocal: string | null): number | null {
  if (birth === undefined || shotLocal === null) return null;
  const years = Number(shotLocal.slice(0, 4)) - Number(birth.slice(0, 4));
  return shotLocal.slice(5, 10) < birth.slice(5, 10) ? years - 1 : years;
}
