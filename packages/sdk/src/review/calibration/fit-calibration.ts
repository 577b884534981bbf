import {
  CALIBRATED_AT,
  type Calibration,
  facesOfShippedFit,
  isAround,
  logOddsOfProbability,
  probabilityOfLogOdds,
  SHIPPED_FACES,
} from './calibration.ts';

/** Share of the shipped fit in every point, so that a calibration never stands still: of two claims the higher one is worth more. */
const SHIPPED_SHARE = 0.02;
/** A library of strangers only, or of nobody else, is as good as none. */
const LEAST_SHARE = 0.02;
/** Claims are kept off 0 and 1. */
const LEAST_CLAIM = 1e-12;

/** What the ranking said of confirmed faces, each tried as if nobody had named it, and of the faces that wait for a name. */
export interface TriedClaims {
  /** Of faces whose person is known by another photo: the claimed probability of the likeliest person; 0 where nobody is in reach. */
  readonly known: readonly { readonly claimed: number; readonly isRight: boolean }[];
  /** Of the same faces with their person taken out of the library. */
  readonly strangers: readonly number[];
  /** Of faces that wait for a name. */
  readonly open: readonly number[];
}

interface Point {
  readonly claimed: number;
  readonly right: number;
  readonly weight: number;
}

/**
 * Isotonic regression (Barlow and others, Statistical Inference under Order Restrictions, 1972) of what was right on what was claimed.
 * The fit that photoorg comes with counts as some faces at every point: where a library showed little, it is taken at its word.
 *
 * Known faces and strangers count as often as they occur among the faces that wait.
 */
export function fitCalibration(tried: TriedClaims): { calibration: Calibration; knownShare: number } {
  const knownShare = shareOfKnown(tried);
  const { known, strangers } = tried;
  const faces = strangers.length;
  const points: Point[] = [
    ...known.map(({ claimed, isRight }) => ({
      claimed: logOddsOf(claimed),
      right: Number(isRight),
      weight: (knownShare * faces) / known.length,
    })),
    ...strangers.map((claimed) => ({ claimed: logOddsOf(claimed), right: 0, weight: 1 - knownShare })),
  ].filter(({ claimed }) => claimed > logOddsOf(0));
  const shipped = CALIBRATED_AT.map((claimed) => ({ claimed, right: probabilityOfLogOdds(claimed), weight: SHIPPED_FACES }));
  const rightFrom = isotonic([...points, ...shipped]);
  return {
    knownShare,
    calibration: {
      logOdds: CALIBRATED_AT.map((claimed) =>
        logOddsOfProbability((1 - SHIPPED_SHARE) * rightFrom(claimed) + SHIPPED_SHARE * probabilityOfLogOdds(claimed)),
      ),
      faces: CALIBRATED_AT.map((claimed) =>
        points.filter((point) => isAround(point.claimed, claimed)).reduce((sum, { weight }) => sum + weight, facesOfShippedFit()),
      ),
    },
  };
}

/**
 * Share of the waiting faces whose person is known: the one at which known faces and strangers together claim as much on average as the
 * waiting faces do. Among simulated libraries it is within 0.02 of the truth (bench/identity/measure-calibration.ts, December 2026).
 */
function shareOfKnown({ known, strangers, open }: TriedClaims): number {
  const [ofKnown, ofStrangers, ofOpen] = [known.map(({ claimed }) => claimed), strangers, open].map(mean) as [
    number,
    number,
    number,
  ];
  const share = (ofOpen - ofStrangers) / (ofKnown - ofStrangers);
  return Number.isFinite(share) ? Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share)) : LEAST_SHARE;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function logOddsOf(claimed: number): number {
  return logOddsOfProbability(Math.min(1 - LEAST_CLAIM, Math.max(LEAST_CLAIM, claimed)));
}

/** The increasing function nearest to the points: neighbours that decrease are pooled until none do. */
function isotonic(points: readonly Point[]): (claimed: number) => number {
  const pools: { until: number; right: number; weight: number }[] = [];
  for (const { claimed, right, weight } of points.toSorted((a, b) => a.claimed - b.claimed)) {
    pools.push({ until: claimed, right, weight });
    for (let last = pools.length - 1; last > 0 && pools[last - 1]!.right >= pools[last]!.right; last--) {
      const [before, after] = pools.splice(last - 1, 2) as [(typeof pools)[0], (typeof pools)[0]];
      const total = before.weight + after.weight;
      pools.push({
        until: after.until,
        right: (before.right * before.weight + after.right * after.weight) / total,
        weight: total,
      });
    }
  }
  return (claimed) => pools.find(({ until }) => claimed <= until)!.right;
}
