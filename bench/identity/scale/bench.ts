import type { TestLibrary } from '../../../packages/sdk/src/testing/index.ts';
import type { Crowd } from './crowd.ts';
import type { Figures } from './figures.ts';

/** What a part of the bench works on. */
export interface Bench extends Pick<TestLibrary, 'library' | 'context'> {
  readonly crowd: Crowd;
  readonly figures: Figures;
}
