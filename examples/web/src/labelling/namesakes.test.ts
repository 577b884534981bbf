import { expect, test } from 'vitest';
import { namesakesOf } from './namesakes.ts';

const known = ['Jose', 'José', 'anna maria', 'Anna Maria', 'Li Na', 'Li Na', 'Émile'].map((displayName) => ({ displayName }));

test.each([
  { name: 'José', found: ['José'] },
  { name: 'Jose\u0301', found: ['José'] },
  { name: ' jose ', found: ['Jose'] },
  { name: 'Anna Maria', found: ['Anna Maria'] },
  { name: 'ANNA MARIA', found: ['anna maria', 'Anna Maria'] },
  { name: 'Li Na', found: ['Li Na', 'Li Na'] },
  { name: 'Emile', found: [] },
])('$name stands for $found', ({ name, found }) => {
  expect(namesakesOf(name, known).map(({ displayName }) => displayName)).toEqual(found);
});
