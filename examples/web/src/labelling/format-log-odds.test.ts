import { expect, it } from 'vitest';
import { formatLogOdds } from './format-log-odds.ts';

it.each([
  { logOdds: 12.48, text: '+12.5' },
  { logOdds: -0.4, text: '−0.4' },
  { logOdds: -0.04, text: '0.0' },
  { logOdds: 0, text: '0.0' },
])('shows the weight $logOdds as $text', ({ logOdds, text }) => {
  expect(formatLogOdds(logOdds)).toBe(text);
});
