import { hashOfJson } from '../values/canonical-json.ts';

/** Tells date rules apart, however their file is laid out; null for none. */
export function hashOfRules(dateRules: object | null | undefined): string | null {
  return dateRules && Object.keys(dateRules).length > 0 ? hashOfJson(dateRules) : null;
}
