import { FACE_WEIGHTS, faceFeatures } from '../../packages/sdk/src/review/terms/confidence-model.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { LIBRARY_KINDS, type LibraryKind } from './draw-libraries.ts';
import { fitStandardised } from './fit-standardised.ts';
import type { LabelledEmbeddings } from './labelled-embeddings.ts';
import { simulateLibrary, type Trial } from './simulate-library.ts';

const SEED = 1;

export type TrialsOfKinds = ReadonlyMap<LibraryKind, readonly Trial[]>;

/** Libraries of these people at every stage of their life. */
export function drawTrials(data: LabelledEmbeddings, people: ReadonlySet<number>): TrialsOfKinds {
  return new Map(
    LIBRARY_KINDS.map((kind) => {
      const random = seededRandom(SEED);
      const trials = Array.from({ length: kind.draws }, () =>
        simulateLibrary(data, people, kind.draw(data, people, random)),
      ).flat();
      return [kind, trials.map((trial) => ({ ...trial, weight: trial.weight / kind.draws }))] as const;
    }),
  );
}

/** The weights of the confidence model by these trials. */
export function fitFaces(...all: readonly TrialsOfKinds[]): number[] {
  const choices = all.flatMap((trials) =>
    [...trials].flatMap(([kind, ofKind]) => {
      const inReach = ofKind.filter(({ evidence }) => evidence.length > 0);
      const share = kind.weight / inReach.reduce((sum, { weight }) => sum + weight, 0);
      return inReach.map(({ evidence, truth, weight }) => ({
        features: faceFeatures(evidence),
        truth: evidence.findIndex(({ personId }) => personId === truth),
        weight: weight * share,
      }));
    }),
  );
  return fitStandardised(choices, FACE_WEIGHTS.length);
}
