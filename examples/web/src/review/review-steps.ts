import type { ReviewItemResource } from '@photoorg/example-api/schemas';
import { type Decision, describeDecision } from '../labelling/decision.ts';

/** One answer in a review. */
export interface ReviewStep {
  faceId: string;
  /** Null: the face was left unknown, which writes nothing. */
  decision: Decision | null;
  /** The batch to undo it by, once it is written; null when nothing was. */
  written: Promise<string | null>;
}

export interface ReviewState {
  /** Position of the shown face in the queue. */
  index: number;
  /** What was answered, oldest first. */
  steps: readonly ReviewStep[];
  /** The last happening, for the live region. */
  message: string;
  /** An answer that could not be written, or not be taken back. */
  problem: { error: Error; decision: Decision | null } | null;
}

export type ReviewAction =
  | { type: 'moved'; by: 1 | -1; queueLength: number }
  | { type: 'answered'; step: ReviewStep; queue: readonly ReviewItemResource[] }
  | { type: 'undone'; step: ReviewStep; queue: readonly ReviewItemResource[] }
  | { type: 'not written'; step: ReviewStep; error: Error; queue: readonly ReviewItemResource[] }
  | { type: 'not undone'; step: ReviewStep; error: Error };

export const firstQuestion: ReviewState = { index: 0, steps: [], message: '', problem: null };

/** What a review does at each happening. Answers show at once; one that could not be written brings its face back. */
export function reviewReducer(state: ReviewState, action: ReviewAction): ReviewState {
  switch (action.type) {
    case 'moved': {
      const index = Math.min(Math.max(0, state.index + action.by), Math.max(0, action.queueLength - 1));
      return { ...state, index, message: '', problem: null };
    }
    case 'answered': {
      const steps = [...state.steps, action.step];
      const staysOpen = action.step.decision?.kind === 'reject';
      const index = staysOpen ? state.index : nextOpen(action.queue, steps, state.index);
      return { index, steps, message: describeStep(action.step), problem: null };
    }
    case 'undone':
      return {
        ...backTo(state, action.step, action.queue),
        message: `Undone: ${describeStep(action.step)}`,
        problem: null,
      };
    case 'not written':
      return {
        ...backTo(state, action.step, action.queue),
        message: '',
        problem: { error: action.error, decision: action.step.decision },
      };
    case 'not undone':
      return { ...state, steps: [...state.steps, action.step], message: '', problem: { error: action.error, decision: null } };
  }
}

export function describeStep({ decision }: ReviewStep): string {
  return decision ? describeDecision(decision) : 'Left as an unknown person';
}

/** The answer that settled a face; a rejection alone leaves it open. */
export function answerOf(steps: readonly ReviewStep[], faceId: string): ReviewStep | undefined {
  return steps.findLast((step) => step.faceId === faceId && step.decision?.kind !== 'reject');
}

export function countAnswered(steps: readonly ReviewStep[]): number {
  return new Set(steps.filter((step) => step.decision?.kind !== 'reject').map((step) => step.faceId)).size;
}

/** People said not to be a face, whether or not that has been written yet. */
export function rejectedPeople(steps: readonly ReviewStep[], faceId: string): string[] {
  return steps.flatMap(({ decision }) =>
    decision?.kind === 'reject' && decision.faceId === faceId ? [decision.person.personId] : [],
  );
}

function nextOpen(queue: readonly ReviewItemResource[], steps: readonly ReviewStep[], from: number): number {
  const next = queue.findIndex(({ face }, index) => index > from && !answerOf(steps, face.faceId));
  return next === -1 ? queue.length : next;
}

function backTo(state: ReviewState, step: ReviewStep, queue: readonly ReviewItemResource[]) {
  const index = queue.findIndex(({ face }) => face.faceId === step.faceId);
  return { index: index === -1 ? state.index : index, steps: state.steps.filter((other) => other !== step) };
}
