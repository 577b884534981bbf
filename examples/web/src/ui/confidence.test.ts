import { expect, it } from 'vitest';
import { confidencePercent, confidenceWord } from './confidence.tsx';

it.each([
  { confidence: 1, percent: '100 %', word: 'Almost certain' },
  { confidence: 0.999, percent: '99 %', word: 'Almost certain' },
  { confidence: 0.83, percent: '83 %', word: 'Very likely' },
  { confidence: 0.5, percent: '50 %', word: 'Likely' },
  { confidence: 0.2, percent: '20 %', word: 'A guess' },
])('says $percent and "$word" for $confidence, and certainty only where it is', ({ confidence, percent, word }) => {
  expect(confidencePercent(confidence)).toBe(percent);
  expect(confidenceWord(confidence)).toBe(word);
});
