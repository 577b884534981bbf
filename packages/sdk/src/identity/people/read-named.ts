import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { findSurvivors } from './find-survivor.ts';

/** A name that was asked for, and who goes by it. */
export interface Named {
  readonly name: string;
  /** As it is compared. */
  readonly folded: string;
  /** Everybody with this name, those who fit best first. */
  readonly bearers: readonly Bearer[];
  /** The ids of whom the best fit stands for: of the survivor for somebody who was merged. Several are namesakes. */
  readonly meant: readonly string[];
}

export interface Bearer {
  readonly personId: string;
  readonly isMerged: boolean;
}

/** A name with somebody who goes by it, or with nobody. */
interface Row {
  readonly name: string;
  readonly folded: string;
  readonly personId: string | null;
  readonly isMerged: boolean;
  readonly fit: number | null;
}

type FoundRow = Row & { personId: string };

/**
 * Who goes by each of these names (as `checkName` gives them): people before those merged into others, exact spelling before folded, display
 * names before aliases.
 */
export async function readNamed(context: LibraryContext, names: readonly string[]): Promise<Named[]> {
  const { rows } = await sql<Row>`
    WITH wanted AS (
      SELECT name, photoorg_fold(name) AS folded, place FROM unnest(${[...names]}::text[]) WITH ORDINALITY AS asked (name, place)
    ), known AS (
      SELECT person_id, merged_into IS NOT NULL AS is_merged, name, coalesce(folded, '') AS folded, nth > 1 AS is_alias
      FROM people CROSS JOIN LATERAL unnest(display_name || aliases, folded_names) WITH ORDINALITY AS named (name, folded, nth)
      WHERE library_id = ${context.libraryId}
    )
    SELECT wanted.name, wanted.folded, person_id AS "personId", coalesce(bool_and(is_merged), false) AS "isMerged",
      min(is_merged::int * 4 + (known.name <> wanted.name)::int * 2 + is_alias::int) AS fit
    FROM wanted LEFT JOIN known ON known.folded = wanted.folded
    GROUP BY place, wanted.name, wanted.folded, person_id
    ORDER BY place, fit, person_id`.execute(context.db);
  const asked = [...Map.groupBy(rows, ({ name }) => name).values()].map((group) => ({
    ...group[0]!,
    bearers: group.filter((row): row is FoundRow => row.personId !== null),
  }));
  const best = ({ fit, bearers }: (typeof asked)[number]) => bearers.filter((bearer) => bearer.fit === fit);
  const survivors = await findSurvivors(
    context,
    asked.flatMap((named) => best(named).map(({ personId }) => personId)),
  );
  return asked.map((named) => ({
    name: named.name,
    folded: named.folded,
    bearers: named.bearers,
    meant: [...new Set(best(named).map(({ personId }) => survivors.get(personId)!.personId))],
  }));
}
