import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { PriorName, PriorWeight } from '../../model/priors.ts';

export type PriorWeights = Readonly<Record<PriorName, Readonly<PriorWeight>>>;

/**
 * Until a library has learned its own: what two halves of a collection, tried as news photos and as photos of families, agree on
 * (bench/identity/fit-priors.ts, December 2026).
 */
export const SHIPPED_WEIGHTS: PriorWeights = {
  'shot time': { for: 0.6, against: 0.04 },
  company: { for: 0.4, against: 0.1 },
  place: { for: 0.35, against: 0.05 },
};

export async function readPriorWeights(context: LibraryContext): Promise<PriorWeights> {
  const rows = await context.db.selectFrom('learned_priors').selectAll().where('library_id', '=', context.libraryId).execute();
  const learned = rows.map((row) => [row.prior, { for: row.weight_for, against: row.weight_against }]);
  return { ...SHIPPED_WEIGHTS, ...Object.fromEntries(learned) };
}

export async function writePriorWeights(
  context: LibraryContext,
  learned: readonly { prior: PriorName; weight: PriorWeight; faces: number }[],
): Promise<void> {
  await context.db
    .insertInto('learned_priors')
    .values(
      learned.map(({ prior, weight, faces }) => ({
        library_id: context.libraryId,
        prior,
        weight_for: weight.for,
        weight_against: weight.against,
        faces,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['library_id', 'prior']).doUpdateSet((row) => ({
        weight_for: row.ref('excluded.weight_for'),
        weight_against: row.ref('excluded.weight_against'),
        faces: row.ref('excluded.faces'),
        learned_ts: sql<Date>`now()`,
      })),
    )
    .execute();
}
