import type { ListPhotosQuery } from '@photoorg/example-api/schemas';

/** Which photos are shown, as the address bar says it. */
export interface PhotoSearch {
  q?: string;
  /** First and last calendar day, `YYYY-MM-DD`, both included. */
  from?: string;
  to?: string;
  personId?: string;
}

/** The search a photo was opened from, which its neighbours belong to, and the face that is selected in it. */
export interface PhotoPageSearch extends PhotoSearch {
  face?: string;
}

export function parsePhotoSearch(search: Record<string, unknown>): PhotoSearch {
  return { q: text(search.q), from: day(search.from), to: day(search.to), personId: text(search.personId) };
}

export function parsePhotoPageSearch(search: Record<string, unknown>): PhotoPageSearch {
  return { ...parsePhotoSearch(search), face: text(search.face) };
}

export function isFiltered(search: PhotoSearch): boolean {
  return Object.values(search).some((value) => value !== undefined);
}

/** The API's question for a search. */
export function toPhotosQuery({ q, from, to, personId }: PhotoSearch): ListPhotosQuery {
  return { q, from, to, personId };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
