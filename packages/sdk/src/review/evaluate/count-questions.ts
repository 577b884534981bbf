import type { KnownFaces } from '../../evidence/known-faces.ts';
import type { LibrarySettings } from '../../library/library-context.ts';
import type { EvaluatedQuestions } from '../../model/evaluation.ts';
import { draftCards } from '../cards/draft-cards.ts';
import { judgeFaces } from '../judge-faces.ts';
import type { RankingNow } from '../prepare-ranking.ts';
import { answerTruly } from './answer-truly.ts';
import { SimulatedLibrary } from './simulated-library.ts';

/** Points of the curve: 5 %, 10 % and so on, to 95 %. */
const POINTS = Array.from({ length: 19 }, (_, i) => (5 * (i + 1)) / 100);

interface CountingOptions {
  /** Who the faces to be named are, by place in the bank. */
  readonly truth: ReadonlyMap<number, string>;
  readonly ranking: RankingNow;
  readonly settings: Pick<LibrarySettings, 'autoApplyThreshold' | 'confirmThreshold'>;
  readonly signal?: AbortSignal;
  /** Called with the faces that have their right name. */
  readonly onProgress?: (named: number) => void;
}

/**
 * Names the faces as if nobody ever had: somebody who knows everybody answers card after card, and what is certain is applied after
 * each. A card is one question, and each face of it that is somebody else is one more. In memory: nothing is written.
 */
export async function countQuestions(known: KnownFaces, options: CountingOptions): Promise<EvaluatedQuestions> {
  const { truth, ranking: rankingNow, settings, signal, onProgress } = options;
  const simulated = await SimulatedLibrary.open(known, truth, signal);
  const curve: EvaluatedQuestions['curve'] = [];
  let questions = 0;
  for (;;) {
    const ranking = await rankingNow(simulated.answers.known, signal);
    simulated.apply(await judgeFaces(simulated.answers, ranking, settings, { signal, onProgress: () => {} }));
    const { named } = simulated;
    onProgress?.(named);
    for (const share of POINTS.slice(curve.length)) {
      if (named >= share * truth.size) curve.push({ questions, named: share });
    }
    if (curve.length === POINTS.length) break;
    const { answers, groups } = simulated;
    const state = { ranking: await rankingNow(answers.known, signal), groups, settings };
    const [card] = (await draftCards(answers, state, { limit: 1, signal })).values();
    if (!card) break;
    questions += answerTruly(simulated, card);
  }
  const toNinetyFive = curve.length === POINTS.length ? questions : null;
  return { faces: truth.size, people: new Set(truth.values()).size, toNinetyFive, curve };
}
