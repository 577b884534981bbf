/** One page of a listing. */
export interface Page<T> {
  items: T[];
  /** Hand it back as `cursor` for the next page; null on the last page. Opaque: its content may change. */
  nextCursor: string | null;
  /** How many items match in all; given where counting is cheap enough to do always. */
  total?: number;
}

export interface PageOptions {
  /** How many items at most, 1 to 200. Default 50. */
  limit?: number;
  /** `nextCursor` of the page before. Steady while rows are added, and as fast on page 1,000 as on page 1. */
  cursor?: string;
  /** Rows to leave out from the start, for pagers that count; ignored when `cursor` is given. */
  offset?: number;
  signal?: AbortSignal;
}
