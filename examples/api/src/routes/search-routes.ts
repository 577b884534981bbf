import { toSearchHitResource } from '../resources/search-hit-resource.ts';
import { SearchQuery, SearchRequest, SearchResult } from '../schemas/search.ts';
import { jsonRoute } from './route.ts';

export const search = jsonRoute({
  method: 'get',
  path: '/search',
  operationId: 'search',
  tag: 'Search',
  summary: 'Search photos, people and faces by words or by a face',
  query: SearchQuery,
  resource: SearchResult,
  problems: ['FACE_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, query: { q, faceId, limit, from, to, ...filter }, signal }) {
    const hits = await library.search.search({ q, faceId, limit, filter: { ...filter, shotFrom: from, shotTo: to }, signal });
    return { items: hits.map(toSearchHitResource) };
  },
});

export const searchByEmbedding = jsonRoute({
  method: 'post',
  path: '/search',
  operationId: 'searchByEmbedding',
  tag: 'Search',
  summary: 'Search by words, by a face or by an embedding',
  body: SearchRequest,
  resource: SearchResult,
  problems: ['FACE_NOT_FOUND', 'SPACE_NOT_FOUND', 'SPACE_MISMATCH', 'INVALID_INPUT'],
  async handle({ library, body: { filter: { from, to, ...filter } = {}, ...body }, signal }) {
    const hits = await library.search.search({ ...body, filter: { ...filter, shotFrom: from, shotTo: to }, signal });
    return { items: hits.map(toSearchHitResource) };
  },
});
