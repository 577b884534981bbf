import type { Page } from '@photoorg/sdk';

/** A page of the library as a page on the wire. */
export function toPageResource<Item, Resource>(page: Page<Item>, toResource: (item: Item) => Resource) {
  return { items: page.items.map(toResource), nextCursor: page.nextCursor, total: page.total ?? null };
}
