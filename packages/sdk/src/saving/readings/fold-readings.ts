import type { Fold } from '../../schema/photo-column.ts';
import type { SavedColumnName } from '../../schema/photo-columns.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import { didLook, type Facts, hasSidecar, readColumns } from './reading.ts';

/** A file's reading, with what ranks it among those of its photo. */
export interface RankedFacts {
  readonly facts: Facts;
  /** Whether the file is there. */
  readonly present: boolean;
  /** Absolute path; empty without a file. */
  readonly path: string;
}

type Values = Partial<Record<SavedColumnName, unknown>>;

/**
 * What a photo's files say together: those that are there, or all of a photo that is missing. Whatever the order they were read in, the same readings give
 * the same facts.
 */
export function foldReadings(readings: readonly RankedFacts[], rules: string | null): Facts {
  const there = readings.filter(({ present }) => present);
  const ranked = (there.length > 0 ? there : readings).toSorted(byWeight).map(({ facts }) => facts);
  const [best] = ranked;
  if (!best || ranked.length === 1) return best ?? {};
  const chosen: Partial<Record<Fold, Facts>> = { shot: chooseShot(ranked, rules), position: choosePosition(ranked) };
  const folded: Values = {};
  for (const { name, fold } of readColumns) {
    const source = chosen[fold];
    folded[name] = source ? source[name] : foldValues(fold, name, ranked);
  }
  return folded as Facts;
}

/**
 * A reading of the same file that did not look into its metadata adds what it says, and erases nothing. One that did is all that the file says.
 */
export function replaceReading(former: Facts, reading: Facts): Facts {
  if (didLook(reading) || !didLook(former)) return didLook(reading) ? reading : add(former, reading);
  return add(former, reading, { keepShot: true });
}

function add(former: Facts, reading: Facts, { keepShot = false } = {}): Facts {
  const moved = reading.latitude != null;
  const dated = !keepShot && isDated(reading) && chooseShot([former, reading], reading.shot_rules ?? null) === reading;
  const both: Values = {};
  for (const { name, fold } of readColumns) {
    const [old, value] = [former[name], reading[name]];
    if (fold === 'shot') both[name] = dated ? value : old;
    else if (fold === 'position') both[name] = moved ? value : (old ?? value);
    else if (fold === 'union' || fold === 'each') both[name] = isEmpty(value) ? old : value;
    else both[name] = value ?? old;
  }
  return both as Facts;
}

function isEmpty(value: unknown): boolean {
  return value == null || (Array.isArray(value) && value.length === 0);
}

/** Those that looked first, then those that a sidecar speaks of, since it is the later word; then by path. */
function byWeight(a: RankedFacts, b: RankedFacts): number {
  return (
    Number(didLook(b.facts)) - Number(didLook(a.facts)) ||
    Number(hasSidecar(b.facts)) - Number(hasSidecar(a.facts)) ||
    (a.path === b.path ? 0 : a.path < b.path ? -1 : 1)
  );
}

function foldValues(fold: Fold, name: SavedColumnName, ranked: readonly Facts[]): unknown {
  const values = ranked.map((facts) => facts[name]).filter((value) => value != null);
  if (fold === 'smallest') return values.toSorted((a, b) => (orderOf(name, a) < orderOf(name, b) ? -1 : 1))[0] ?? null;
  if (fold === 'union') return [...new Set(wordsOf(ranked, name))];
  if (fold === 'each') return distinct(values.flat());
  return values[0] ?? null;
}

function distinct(entries: readonly unknown[]): unknown[] {
  return [...new Map(entries.map((entry) => [canonicalJson(entry), entry])).values()];
}

/** Times are written with any offset. */
function orderOf(name: SavedColumnName, value: unknown): string | number {
  return name.endsWith('_ts') ? Date.parse(String(value)) : String(value);
}

/** Where sidecars speak, what they do not repeat was taken out. */
function wordsOf(ranked: readonly Facts[], name: SavedColumnName): string[] {
  const beside = ranked.filter((facts) => hasSidecar(facts, ['sidecar']));
  return (beside.length > 0 ? beside : ranked).flatMap((facts) => (facts[name] ?? []) as string[]);
}

function choosePosition(ranked: readonly Facts[]): Facts {
  return ranked.find((facts) => facts.latitude != null) ?? ranked[0]!;
}

/**
 * What beats what between copies of one content: each of them knows what stands in the content, so one that was dated from beside it had a reason to be.
 */
const SHOT_SOURCES = [/^sidecar:/, /^takeout:/, /^file:name/, /^(?!file:)/, /^file:/];

function isDated({ shot_ts, shot_local }: Facts): boolean {
  return shot_ts != null || shot_local != null;
}

/** The best date by the rules in force; of two from files' names or times the earliest, which is nearest to the shot. */
function chooseShot(ranked: readonly Facts[], rules: string | null): Facts {
  const dated = ranked.filter(isDated);
  const byRules = dated.filter((facts) => (facts.shot_rules ?? null) === rules);
  const candidates = byRules.length > 0 ? byRules : dated;
  return candidates.toSorted(byShot)[0] ?? ranked[0]!;
}

function byShot(a: Facts, b: Facts): number {
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (rankA !== rankB) return rankA - rankB;
  const offsets = Number(a.shot_offset_min == null) - Number(b.shot_offset_min == null);
  return offsets || (String(a.shot_ts_source).startsWith('file:') ? timeOf(a) - timeOf(b) : 0);
}

function rankOf({ shot_ts_source }: Facts): number {
  const rank = SHOT_SOURCES.findIndex((source) => source.test(shot_ts_source ?? ''));
  return rank === -1 ? SHOT_SOURCES.length : rank;
}

/** Milliseconds by the clock on the wall, else of the instant. */
function timeOf({ shot_local, shot_ts }: Facts): number {
  return shot_local == null ? Date.parse(String(shot_ts)) : Date.parse(`${String(shot_local).replace(' ', 'T')}Z`);
}
