import { sql } from 'kysely';
import type { RankingTerm } from '../../src/review/terms/ranking-term.ts';

export const hiddenTerm: RankingTerm = {
  kind: 'prior',
  prepare: async ({ context }) => {
    const { rows } = await sql<{ personId: string }>`
      SELECT person_id AS "personId" FROM people WHERE library_id = ${context.libraryId} AND hidden`.execute(context.db);
    const hidden = new Set(rows.map(({ personId }) => personId));
    return ({ candidates }) => {
      const because = () => 'This person is hidden from lists.';
      return [{ name: 'hidden', logOdds: candidates.map(({ personId }) => (hidden.has(personId) ? -2 : null)), because }];
    };
  },
};
