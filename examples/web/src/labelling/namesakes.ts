import { ApiProblem } from '../api/problem.ts';

/** Somebody who may be meant by a name. */
export interface Candidate {
  personId: string;
  displayName: string;
  birthDate: string | null;
  coverFaceId: string | null;
  facesCount: number;
}

/** Those of the people who have this name: those spelt exactly so, else those that differ in upper and lower case only. */
export function namesakesOf<Named extends { displayName: string }>(name: string, people: readonly Named[]): Named[] {
  const same = people.filter(({ displayName }) => isSameName(displayName, name));
  const exact = same.filter(({ displayName }) => displayName.normalize() === name.trim().normalize());
  return exact.length > 0 ? exact : same;
}

/** The people one of whom a name may mean; null when the error is something else. */
export function candidatesOf(error: unknown): readonly Candidate[] | null {
  return error instanceof ApiProblem && error.code === 'PERSON_AMBIGUOUS' ? (error.details.candidates as Candidate[]) : null;
}

function isSameName(a: string, b: string): boolean {
  return a.trim().localeCompare(b.trim(), undefined, { sensitivity: 'accent' }) === 0;
}
