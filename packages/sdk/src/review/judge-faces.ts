import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FaceBank } from '../evidence/face-bank.ts';
import type { LibrarySettings } from '../library/library-context.ts';
import type { Answers } from './answers.ts';
import { ESTIMATE_FLOOR } from './centre-model.ts';
import { decideAction } from './decide-action.ts';
import type { Likeliest, RankedPerson } from './rank-people.ts';
import type { Ranking } from './ranking.ts';

/** Who a face that nobody named most likely is. */
export interface Verdict {
  /** Place in the bank. */
  readonly index: number;
  /** null when nobody is in reach. */
  readonly best: Likeliest | null;
}

/** What is to be done about all faces that nobody named. */
export interface Judgement {
  readonly bank: FaceBank;
  /** Faces that may be named by themselves: without a label, or with a guess. */
  readonly total: number;
  /** Of those, whose evidence was looked at in this pass: that of the others cannot have changed since the last one. */
  readonly compared: number;
  /** To be labelled as their likeliest person; one face of a photo for each person. */
  readonly chosen: readonly Verdict[];
  /** Guesses that would not be made today. */
  readonly outdated: readonly Verdict[];
  /** Guesses that still hold. */
  readonly kept: number;
  readonly asked: number;
  readonly leftUnknown: number;
  /** Why the likeliest person of a face is that. */
  readonly explain: (index: number) => RankedPerson;
}

/** Faces compared between two turns of the event loop: some ten milliseconds. */
const FACES_PER_TURN = 5;

/** Judges every open face, leaving the event loop free in between. Rejects with the signal's reason when it is aborted. */
export async function judgeFaces(
  answers: Answers,
  ranking: Ranking,
  settings: Pick<LibrarySettings, 'autoApplyThreshold' | 'confirmThreshold'>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress: (done: number, total: number) => void },
): Promise<Judgement> {
  const { bank } = answers.known;
  const open = await answers.open(signal);
  const certain: Verdict[] = [];
  const uncertain: Verdict[] = [];
  let asked = 0;
  const comparedBefore = answers.compared;
  for (const [done, { index, confidence }] of open.entries()) {
    if (done % FACES_PER_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
      onProgress(done, open.length);
    }
    // What is guessed is looked at in any case: the estimate may miss what the guess rested on.
    const isGuess = bank.faces[index]!.personId !== null;
    if (confidence < ESTIMATE_FLOOR && !isGuess) continue;
    const best = answers.likeliest(index, ranking);
    const action = best ? decideAction(best, settings) : 'leave_unknown';
    if (action === 'auto_apply') certain.push({ index, best });
    if (action !== 'auto_apply' && isGuess) uncertain.push({ index, best });
    if (action === 'ask') asked++;
  }
  const winners = oncePerPhoto(bank, certain);
  const losers = certain.filter((verdict) => !winners.has(verdict));
  const stands = ({ index, best }: Verdict) => bank.faces[index]!.personId === best?.personId;
  const chosen = [...winners].filter((verdict) => !stands(verdict));
  const guessed = (verdicts: readonly Verdict[]) => verdicts.filter(({ index }) => bank.faces[index]!.personId !== null);
  return {
    bank,
    total: open.length,
    compared: answers.compared - comparedBefore,
    chosen,
    outdated: [...uncertain, ...guessed(losers), ...guessed(chosen)],
    kept: winners.size - chosen.length,
    asked: asked + losers.length,
    leftUnknown: open.length - certain.length - asked,
    explain: (index) => answers.rankOnce(index, ranking)[0]!,
  };
}

/** Of several faces of a photo with one person, the most certain; of equals, the first. */
function oncePerPhoto(bank: FaceBank, certain: readonly Verdict[]): ReadonlySet<Verdict> {
  const best = new Map<string, Verdict>();
  for (const face of certain) {
    const key = `${bank.faces[face.index]!.photoId} ${face.best!.personId}`;
    if (face.best!.confidence > (best.get(key)?.best?.confidence ?? 0)) best.set(key, face);
  }
  return new Set(best.values());
}
