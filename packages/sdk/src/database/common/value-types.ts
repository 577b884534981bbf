/** Type numbers of PostgreSQL's catalogue (pg_type.oid) whose JavaScript value the drivers disagree on. */
const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const TIMESTAMP = 1114;

const asText = (text: string): string => text;

/**
 * How values become JavaScript, the same on both databases. By default node-postgres gives int8 as text and PGlite as number or
 * bigint, depending on its size; and both read a timestamp without zone as if it were in the machine's zone.
 */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: BigInt,
  [INT8_ARRAY]: (text) =>
    text === '{}'
      ? []
      : text
          .slice(1, -1)
          .split(',')
          .map((item) => (item === 'NULL' ? null : BigInt(item))),
  [DATE]: asText,
  [TIMESTAMP]: asText,
};
