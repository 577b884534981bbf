import { resolve } from 'node:path';
import { type RawBuilder, sql } from 'kysely';

/** Whether a `file` of a `root` lies at one of the paths or in one of the folders; all do when none are named. */
export function isAtPaths(paths: readonly string[] | undefined): RawBuilder<unknown> {
  if (paths === undefined) return sql`true`;
  return sql`EXISTS (SELECT FROM unnest(${paths.map((path) => resolve(path))}::text[]) AS place
    WHERE starts_with(rtrim(root.label, '/') || '/' || file.path || '/', CASE WHEN place = '/' THEN '/' ELSE place || '/' END))`;
}
