import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, hashOfJson } from './canonical-json.ts';

test('the order of keys does not matter, that of items does', () => {
  expect(canonicalJson({ b: [2, 1], a: { d: 1n, c: undefined } })).toBe('{"a":{"d":"1"},"b":[2,1]}');
  expect(hashOfJson({ a: 1, b: 2 })).toBe(hashOfJson({ b: 2, a: 1 }));
  expect(hashOfJson([1, 2])).not.toBe(hashOfJson([2, 1]));
});

test('reading it back gives the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
