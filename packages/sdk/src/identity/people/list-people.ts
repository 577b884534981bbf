import { type RawBuilder, sql } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { Page } from '../../model/page.ts';
import type { People, Person } from '../../model/people.ts';
import { decodeCursor, encodeCursor, resolvePage } from '../../values/cursor.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { refuseUnknown } from '../../values/refuse-unknown.ts';
import { type PersonRow, selectPeople, toPerson } from './person-row.ts';

type ListOptions = NonNullable<Parameters<People['list']>[0]>;
type IterateOptions = NonNullable<Parameters<People['iterate']>[0]>;

const ITERATE_OPTIONS = { q: true, includeHidden: true, order: true, signal: true } as const;
const LIST_OPTIONS = { ...ITERATE_OPTIONS, limit: true, cursor: true, offset: true } as const;

/** People per round trip of `iterate`. */
const ITERATE_BATCH = 200;

/** A page of people who were not merged into others. */
export async function listPeople(context: LibraryContext, options: ListOptions): Promise<Page<Person>> {
  refuseUnknown<ListOptions>(options, LIST_OPTIONS, 'the options of people.list');
  const { limit, offset } = resolvePage(options);
  const { q, includeHidden = false, order = 'name', cursor, signal } = options;
  if (order !== 'name' && order !== 'faces') throw InvalidInputError.expected("'name' or 'faces'", 'order', order);
  const filter = [
    sql`merged_into IS NULL`,
    ...(includeHidden ? [] : [sql`NOT hidden`]),
    ...(q === undefined || q.trim() === '' ? [] : [nameContains(q)]),
  ];
  const page = [...filter, ...(cursor === undefined ? [] : [afterCursor(order, cursor)])];
  const rest = sql`ORDER BY ${ORDER_BY[order]} LIMIT ${limit + 1} OFFSET ${offset}`;
  const rows = await selectPeople(context, sql.join(page, sql` AND `), rest, signal);
  const { rows: counted } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM people person
    WHERE library_id = ${context.libraryId} AND ${sql.join(filter, sql` AND `)}`.execute(context.db);
  const items = rows.slice(0, limit);
  return {
    items: items.map(toPerson),
    nextCursor: rows.length > limit ? encodeCursor(order, cursorKeys(order, items.at(-1)!)) : null,
    total: counted[0]!.total,
  };
}

/** Everybody whom `listPeople` counts, page by page. */
export async function* iteratePeople(context: LibraryContext, options: IterateOptions): AsyncGenerator<Person> {
  refuseUnknown<IterateOptions>(options, ITERATE_OPTIONS, 'the options of people.iterate');
  let cursor: string | undefined;
  do {
    options.signal?.throwIfAborted();
    const page: Page<Person> = await listPeople(context, { ...options, limit: ITERATE_BATCH, cursor });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}

const ORDER_BY = {
  name: sql`sort_name, person_id`,
  faces: sql`coalesce(faces, 0) DESC, sort_name, person_id`,
} satisfies Record<string, RawBuilder<unknown>>;

function cursorKeys(order: 'name' | 'faces', row: PersonRow): string[] {
  const keys = [row.sortName, row.personId];
  return order === 'name' ? keys : [String(row.facesCount), ...keys];
}

function afterCursor(order: 'name' | 'faces', cursor: string): RawBuilder<unknown> {
  const keys = decodeCursor(cursor, order, order === 'name' ? 2 : 3);
  const [sortName, personId] = keys.slice(-2) as [string, string];
  const faces = order === 'faces' ? Number(keys[0]) : 0;
  if (!isUuid(personId) || !Number.isSafeInteger(faces)) throw new InvalidInputError('The cursor was tampered with.');
  const later = sql`(sort_name, person_id) > (${sortName}::text COLLATE "C", ${personId}::uuid)`;
  if (order === 'name') return later;
  return sql`(coalesce(faces, 0) < ${faces} OR (coalesce(faces, 0) = ${faces} AND ${later}))`;
}

function nameContains(q: string): RawBuilder<unknown> {
  const wanted = q.replaceAll('\0', '').toWellFormed().trim();
  return sql`strpos(photoorg_join(folded_names), photoorg_fold(${wanted})) > 0`;
}
