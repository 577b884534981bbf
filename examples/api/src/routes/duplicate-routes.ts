import { Duplicates, DuplicatesQuery } from '../schemas/duplicate.ts';
import { jsonRoute } from './route.ts';

export const listDuplicates = jsonRoute({
  method: 'get',
  path: '/duplicates',
  operationId: 'listDuplicates',
  tag: 'Photos',
  summary: 'Photos that are there more than once',
  query: DuplicatesQuery,
  resource: Duplicates,
  problems: ['INVALID_INPUT'],
  async handle({ library, query: { kind, limit }, signal }) {
    const groups = await library.duplicates.find({ kinds: kind && [kind], signal });
    return { items: groups.slice(0, limit), total: groups.length };
  },
});
