import { z } from 'zod';
import { PAGE_LIMIT_MAX, text } from './common.ts';

const PAGE_LIMIT_DEFAULT = 50;
const OFFSET_MAX = 1_000_000;
const CURSOR_LENGTH_MAX = 1_000;

// Not z.coerce: it reads '' as 0, and zod-to-openapi 9 describes a coerced optional number as nullable.
const readNumber = (value: number | string) => (typeof value === 'string' && value !== '' ? Number(value) : value);

/** A whole number written in a query string. */
export const queryInteger = (bounds: { min: number; max: number }) =>
  z.preprocess(readNumber, z.int().min(bounds.min).max(bounds.max));

/** A number written in a query string. */
export const queryNumber = (bounds: { min: number; max: number }) =>
  z.preprocess(readNumber, z.number().min(bounds.min).max(bounds.max));

/** A number above 0 written in a query string. */
export const queryPositive = () => z.preprocess(readNumber, z.number().positive());

/** `true` or `false` written in a query string. */
export const queryBoolean = () =>
  z.preprocess((value: boolean | 'true' | 'false') => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());

/** One value or the same parameter repeated: `?personId=a&personId=b`. */
export const queryList = (item: z.ZodString | z.ZodUUID, maxItems: number) =>
  z.preprocess((value: string | string[]) => (typeof value === 'string' ? [value] : value), z.array(item).max(maxItems));

/** The paging parameters that every list takes. `cursor` is the sure way on; `offset` is for jumping. */
export const pageQuery = {
  limit: queryInteger({ min: 1, max: PAGE_LIMIT_MAX }).default(PAGE_LIMIT_DEFAULT).meta({ description: 'Items a page.' }),
  offset: queryInteger({ min: 0, max: OFFSET_MAX })
    .optional()
    .meta({ description: 'Items to skip; not looked at with a cursor.' }),
  cursor: text(CURSOR_LENGTH_MAX).optional().meta({ description: 'nextCursor of the page before.' }),
};

/** One page of a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Where the next page starts; null on the last page.' }),
    total: z.int().min(0).nullable().meta({ description: 'Items in the whole list; null where counting was not worth it.' }),
  });
