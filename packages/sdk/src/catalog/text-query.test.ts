import { expect, test } from 'vitest';
import { parseTextQuery } from './text-query.ts';

test.each([
  ['', null],
  ['  ', null],
  ['beach', { phrase: '', unfinished: 'beach', words: ['beach'] }],
  ['anna beach', { phrase: 'anna', unfinished: 'beach', words: ['anna', 'beach'] }],
  ['IMG_1234.jpg', { phrase: 'IMG 1234', unfinished: 'jpg', words: ['IMG', '1234', 'jpg'] }],
  ['new year-eve', { phrase: 'new year', unfinished: 'eve', words: ['new', 'year', 'eve'] }],
  ['sea -winter', { phrase: 'sea -winter', unfinished: null, words: ['sea'] }],
  ['-winter sea', { phrase: '-winter', unfinished: 'sea', words: ['sea'] }],
  ['"new year"', { phrase: '"new year"', unfinished: null, words: ['new', 'year'] }],
  ['"new year', { phrase: 'new', unfinished: 'year', words: ['new', 'year'] }],
  ['sea or sun', { phrase: 'sea or sun', unfinished: null, words: ['sea', 'or', 'sun'] }],
  ["it's (a) 'test' & more | !", { phrase: 'it s a test', unfinished: 'more', words: ['it', 's', 'a', 'test', 'more'] }],
  ['Zürich 東京', { phrase: 'Zürich', unfinished: '東京', words: ['Zürich', '東京'] }],
])('%j is understood', (typed, expected) => {
  expect(parseTextQuery(typed)).toEqual(expected);
});
