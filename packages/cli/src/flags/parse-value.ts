import { InvalidArgumentError } from 'commander';

const on = new Set(['1', 'true', 'yes', 'on']);
const off = new Set(['0', 'false', 'no', 'off']);

/** `1`, `true`, `yes`, `on` or `0`, `false`, `no`, `off`, in any case. */
export function parseSwitch(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (on.has(word)) return true;
  if (off.has(word)) return false;
  throw new InvalidArgumentError(`Expected 1 or 0 (true, false, yes, no, on, off) but received '${text}'.`);
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text.trim()) || count < 1 || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError(`Expected a whole number from 1 but received '${text}'.`);
  }
  return count;
}

/** How many, where 0 means none at all. */
export function parseCountOrNone(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError(`Expected a whole number from 0 but received '${text}'.`);
  }
  return count;
}

/** `/stored=/here`: a folder under two names. */
export function parseMapping(text: string): readonly [string, string] {
  const [, from, to] = /^(.+?)=(.+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) {
    throw new InvalidArgumentError(`Expected /folder/as/stored=/folder/here but received '${text}'.`);
  }
  return [from, to];
}

/** A confidence or share from 0 to 1. */
export function parseConfidence(text: string): number {
  const confidence = Number(text);
  if (text.trim() === '' || !(confidence >= 0 && confidence <= 1)) {
    throw new InvalidArgumentError(`Expected a number from 0 to 1 but received '${text}'.`);
  }
  return confidence;
}

/** A distance between two embeddings: 0 or more. */
export function parseDistance(text: string): number {
  const distance = Number(text);
  if (text.trim() === '' || !(distance >= 0 && Number.isFinite(distance))) {
    throw new InvalidArgumentError(`Expected a number from 0 but received '${text}'.`);
  }
  return distance;
}

/** A number above 0. */
export function parseMeasure(text: string): number {
  const measure = Number(text);
  if (!(measure > 0 && Number.isFinite(measure))) {
    throw new InvalidArgumentError(`Expected a number above 0 but received '${text}'.`);
  }
  return measure;
}

/** `2`, `0.5` or `1/250`. */
export function parseSeconds(text: string): number {
  const [, over, under] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  const seconds = over === undefined ? Number(text) : Number(over) / Number(under);
  if (!(seconds > 0 && Number.isFinite(seconds))) {
    throw new InvalidArgumentError(`Expected seconds such as 0.5 or 1/250 but received '${text}'.`);
  }
  return seconds;
}

const shotBound = /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?)?)?$/;

/** `2024`, `2024-05`, `2024-05-17` or a time of the camera's clock, as the library takes it: without a zone. */
export function parseShotBound(text: string): string {
  const bound = text.trim();
  if (shotBound.test(bound) && !Number.isNaN(Date.parse(bound))) return bound;
  throw new InvalidArgumentError(
    `Expected a date such as 2024, 2024-05-17 or 2024-05-17T18:20, without a zone, but received '${text}'.`,
  );
}
