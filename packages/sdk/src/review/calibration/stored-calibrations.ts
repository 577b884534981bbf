import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { type Calibrations, UNCALIBRATED } from '../ranking.ts';

const BASES = { byFace: 'face', byAll: 'all' } as const;

/** Those that were learned in an embedding space. */
export async function readCalibrations({ db, libraryId }: LibraryContext, spaceId: string): Promise<Calibrations> {
  const rows = await db
    .selectFrom('learned_calibrations')
    .select(['basis', 'log_odds', 'faces'])
    .where('library_id', '=', libraryId)
    .where('space_id', '=', spaceId)
    .execute();
  const learned = Object.entries(BASES).flatMap(([name, basis]) => {
    const row = rows.find((row) => row.basis === basis);
    return row ? [[name, { logOdds: row.log_odds, faces: row.faces }]] : [];
  });
  return { ...UNCALIBRATED, ...Object.fromEntries(learned) };
}

export async function writeCalibrations(
  { db, libraryId }: LibraryContext,
  spaceId: string,
  calibrations: Calibrations,
): Promise<void> {
  const rows = Object.entries(BASES).flatMap(([name, basis]) => {
    const calibration = calibrations[name as keyof Calibrations];
    return calibration ? { basis, log_odds: [...calibration.logOdds], faces: [...calibration.faces] } : [];
  });
  await db
    .insertInto('learned_calibrations')
    .values(rows.map((row) => ({ library_id: libraryId, space_id: spaceId, ...row })))
    .onConflict((conflict) =>
      conflict.columns(['library_id', 'space_id', 'basis']).doUpdateSet((row) => ({
        log_odds: row.ref('excluded.log_odds'),
        faces: row.ref('excluded.faces'),
        learned_ts: sql<Date>`now()`,
      })),
    )
    .execute();
}
