import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { LearnedCalibration } from '../../model/calibration.ts';
import type { Review } from '../../model/review.ts';
import { refuseUnknown } from '../../values/refuse-unknown.ts';
import type { Answers } from '../answers.ts';
import { DEFAULT_TRIALS, drawByHash } from '../evaluate/draw-trials.ts';
import { type FaceTrial, tryFaces } from '../evaluate/try-faces.ts';
import type { RankingNow } from '../prepare-ranking.ts';
import type { Likeliest } from '../rank-people.ts';
import { type Ranking, UNCALIBRATED } from '../ranking.ts';
import type { ReviewMemory } from '../review-memory.ts';
import { type Calibration, calibrate, intervalAround } from './calibration.ts';
import { fitCalibration, type TriedClaims } from './fit-calibration.ts';
import { writeCalibrations } from './stored-calibrations.ts';

type LearnOptions = NonNullable<Parameters<Review['calibrate']>[0]>;

const LEARN_OPTIONS = { limit: true, dryRun: true, signal: true, onProgress: true } as const;

/** Of fewer confirmed faces nothing is learned. */
const LEAST_TRIALS = 50;
/** Faces without a name that are asked who they are. */
const OPEN_FACES = 2_000;
/** Confidences that are told of. */
const SHOWN = [0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/** Learns from a library's own confirmed faces, each tried as if nobody had named it, what confidences are worth there. */
export async function learnCalibration(
  context: LibraryContext,
  { memory, ranking }: { memory: ReviewMemory; ranking: RankingNow },
  options: LearnOptions,
): Promise<LearnedCalibration> {
  refuseUnknown<LearnOptions>(options, LEARN_OPTIONS, 'the options of review.calibrate');
  const { limit = DEFAULT_TRIALS, dryRun = false, signal, onProgress } = options;
  if (!(Number.isInteger(limit) && limit > 0)) throw InvalidInputError.expected('a whole number of at least 1', 'limit', limit);
  const answers = await memory.current(signal);
  if (!answers) return { facesTried: 0, knownShare: null, confidences: shown(null) };
  const atItsWord: Ranking = { ...(await ranking(answers.known, signal)), calibrations: UNCALIBRATED };
  const trials = await tryFaces(answers, atItsWord, { limit, signal, onProgress });
  const open = await guessOpen(answers, atItsWord, signal);
  const facesTried = trials.length;
  if (facesTried < LEAST_TRIALS || open.length === 0) return { facesTried, knownShare: null, confidences: shown(null) };
  const byFace = fitCalibration(claimsBy((guess) => guess.faceConfidence, trials, open));
  const byAll = fitCalibration(claimsBy((guess) => guess.confidence, trials, open));
  if (!dryRun) {
    const calibrations = { byFace: byFace.calibration, byAll: byAll.calibration };
    await writeCalibrations(context, answers.known.bank.spaceId, calibrations);
  }
  return { facesTried, knownShare: byAll.knownShare, confidences: shown(byAll.calibration) };
}

/** Who some of the faces without a name most likely are. */
async function guessOpen(answers: Answers, ranking: Ranking, signal?: AbortSignal): Promise<(Likeliest | null)[]> {
  const open = await answers.open(signal);
  const guesses: (Likeliest | null)[] = [];
  const places = open.map(({ index }) => index);
  for await (const index of drawByHash(answers.known.bank, places, { limit: OPEN_FACES, signal })) {
    guesses.push(answers.likeliest(index, ranking));
  }
  return guesses;
}

function claimsBy(
  claimOf: (guess: Pick<Likeliest, 'confidence' | 'faceConfidence'>) => number,
  trials: readonly FaceTrial[],
  open: readonly (Likeliest | null)[],
): TriedClaims {
  const claimed = (guess: Pick<Likeliest, 'confidence' | 'faceConfidence'> | null) => (guess ? claimOf(guess) : 0);
  return {
    known: trials
      .filter(({ isKnown }) => isKnown)
      .map(({ guess, personId }) => ({ claimed: claimed(guess), isRight: guess?.personId === personId })),
    strangers: trials.map(({ asStranger }) => claimed(asStranger)),
    open: open.map(claimed),
  };
}

function shown(calibration: Calibration | null): LearnedCalibration['confidences'] {
  return SHOWN.map((claimed) => {
    const worth = calibrate(calibration, claimed);
    return { claimed, worth, interval: intervalAround(calibration, claimed, worth) };
  });
}
