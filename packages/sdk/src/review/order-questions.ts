import type { FaceBank } from '../evidence/face-bank.ts';
import type { LibrarySettings } from '../library/library-context.ts';
import { ESTIMATE_FLOOR } from './centre-model.ts';
import { decideAction } from './decide-action.ts';
import type { EstimatedFace } from './estimate-faces.ts';

/** A face in the order of asking. Compare two by their `key`, position by position. */
export interface Question {
  readonly index: number;
  readonly key: QuestionKey;
}

export type QuestionKey = readonly [band: number, waiting: number, personId: string, uncertainty: number, faceId: string];

const BAND = { ask: 0, auto_apply: 1, leave_unknown: 2 } as const;

/**
 * The order in which faces are best asked about: those that need an answer first, then those that are certain and only wait to be
 * confirmed, then, only when `minConfidence` is 0, those that will probably stay unknown.
 *
 * Within a band the person with the most waiting faces comes first, so that one person is reviewed in a row and the row that
 * settles most comes first; within a person the most certain face comes first, since every yes makes the next ones clearer.
 */
export function orderQuestions(
  bank: FaceBank,
  faces: readonly EstimatedFace[],
  settings: Pick<LibrarySettings, 'autoApplyThreshold' | 'confirmThreshold'>,
  minConfidence: number,
): Question[] {
  const floor = minConfidence === 0 ? 0 : Math.min(ESTIMATE_FLOOR, minConfidence);
  const considered = faces
    .filter(({ confidence }) => confidence >= floor)
    .map((face) => ({ ...face, band: BAND[decideAction({ ...face, faceConfidence: face.confidence }, settings)] }));
  const waiting = Map.groupBy(considered, ({ band, personId }) => `${band} ${personId}`);
  return considered
    .map(({ index, band, personId, confidence }): Question => {
      const isGrouped = band !== BAND.leave_unknown && personId !== null;
      const inGroup = waiting.get(`${band} ${personId}`)!.length;
      const group: [number, string] = isGrouped ? [-inGroup, personId] : [0, ''];
      return { index, key: [band, ...group, 1 - confidence, bank.faces[index]!.faceId] };
    })
    .sort((a, b) => compareKeys(a.key, b.key));
}

export function compareKeys(a: QuestionKey, b: QuestionKey): number {
  for (const [i, left] of a.entries()) {
    const right = b[i]!;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
