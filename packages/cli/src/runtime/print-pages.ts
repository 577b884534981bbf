import type { Page } from '@photoorg/sdk';
import type { ListOptions } from '../flags/list-flags.ts';
import type { Column } from '../output/table.ts';
import { formatNumber } from '../output/table.ts';
import type { CommandContext } from './command-context.ts';

/** The SDK gives at most this many rows a page. */
const largestPage = 200;

/** Prints a list page by page until `--limit` is reached, or to its end with `--all`; says on stderr when more is left. */
export async function printPages<Row extends object>(
  context: CommandContext,
  options: ListOptions & { json?: boolean },
  columns: readonly Column<Row>[],
  fetchPage: (page: { limit: number; cursor?: string; signal: AbortSignal }) => Promise<Page<Row>>,
): Promise<void> {
  const rows = context.rows(columns, { json: options.json });
  let left = options.all ? Number.POSITIVE_INFINITY : options.limit;
  let cursor: string | null = null;
  let total: number | undefined;
  let printed = 0;
  do {
    const page: Page<Row> = await fetchPage({
      limit: Math.min(left, largestPage),
      cursor: cursor ?? undefined,
      signal: context.signal,
    });
    for (const row of page.items) await rows.write(row);
    printed += page.items.length;
    left -= page.items.length;
    total = page.total ?? total;
    cursor = page.nextCursor;
  } while (cursor !== null && left > 0);
  await rows.end();
  if (cursor !== null) {
    const of = total === undefined ? '' : ` of ${formatNumber(total)}`;
    context.reporter.note(`${formatNumber(printed)}${of} shown; --all shows every one.`);
  }
}
