import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { httpProblems, libraryProblems } from './problem-table.ts';

const explained = async (page: string) => {
  const text = await readFile(new URL(`../../../../docs/${page}`, import.meta.url), 'utf8');
  return new Set([...text.matchAll(/^### `([A-Z0-9_]+)`/gm)].map(([, code]) => code));
};

it('names only codes that the page behind their type explains', async () => {
  expect(await explained('errors.md')).toEqual(new Set([...(await explained('errors.md')), ...Object.keys(libraryProblems)]));
  expect(await explained('guides/rest-api.md')).toEqual(new Set(Object.keys(httpProblems)));
});
