import { sql } from 'kysely';
import type { RankingTerm } from '../../src/review/terms/ranking-term.ts';

export const birthTerm: RankingTerm = {
  kind: 'prior',
  prepare: async (context) => {
    const { rows } = await sql<{ personId: string; born: string }>`
      SELECT person_id AS "personId", birth_date AS born FROM people
      WHERE library_id = ${context.libraryId} AND birth_date IS NOT NULL`.execute(context.db);
    const births = new Map(rows.map(({ personId, born }) => [personId, born]));
    return ({ face, candidates }) => {
      const shot = face?.shotLocal?.slice(0, 'YYYY-MM-DD'.length);
      const bornLater = candidates.map(({ personId }) => shot !== undefined && shot < (births.get(personId) ?? ''));
      const because = (i: number) => `Born on ${births.get(candidates[i]!.personId)}; the photo is of ${shot}.`;
      return [{ name: 'birth', logOdds: bornLater.map((isLater) => (isLater ? -6 : null)), because }];
    };
  },
};
