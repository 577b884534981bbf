import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { PhotoFilter } from '../model/photo-filter.ts';
import type { PhotoExposure } from '../model/photos.ts';

/**
 * Share by which a measure may miss its bound: what one camera writes as 1/60 another writes as 16667/1000000, and f/1.8 of a phone is
 * 1.7999999523.
 */
const PLAY = 0.001;

const COLUMNS: Readonly<Record<keyof PhotoExposure, { column: RawBuilder<number>; play: number }>> = {
  iso: { column: sql`photos.iso`, play: 0 },
  exposureTime: { column: sql`photos.exposure_seconds`, play: PLAY },
  fNumber: { column: sql`photos.f_number`, play: PLAY },
  focalLength: { column: sql`photos.focal_length_mm`, play: PLAY },
};

/** Throws InvalidInputError on a bound that is no number above 0. */
export function exposureConditions(filter: PhotoFilter): RawBuilder<SqlBool>[] {
  return (Object.keys(COLUMNS) as (keyof PhotoExposure)[]).flatMap((name) => {
    const { column, play } = COLUMNS[name];
    const from = bound(filter, `${name}From`);
    const to = bound(filter, `${name}To`);
    return [
      ...(from === undefined ? [] : [sql<SqlBool>`${column} >= ${from * (1 - play)}::float8`]),
      ...(to === undefined ? [] : [sql<SqlBool>`${column} <= ${to * (1 + play)}::float8`]),
    ];
  });
}

function bound(filter: PhotoFilter, name: `${keyof PhotoExposure}${'From' | 'To'}`): number | undefined {
  const value = filter[name];
  if (value === undefined || (Number.isFinite(value) && value > 0)) return value;
  throw InvalidInputError.expected('a number above 0', name, value);
}
