import { createPerson, listPeople } from '../api/library-api.ts';
import { ApiProblem } from '../api/problem.ts';
import { type Candidate, namesakesOf } from './namesakes.ts';

/** Enough to hold everyone whose name contains a given full name. */
const namesakesMax = 200;

/**
 * The id of whoever has exactly this name, made known first if need be; so a repeated attempt creates nobody twice. Of several of that name
 * nobody is picked: the problem PERSON_AMBIGUOUS tells of them.
 */
export async function findOrCreatePerson(displayName: string, actor: string): Promise<string> {
  const { items } = await listPeople({ q: displayName, limit: namesakesMax });
  const [known, ...others] = namesakesOf(displayName, items);
  if (known && others.length > 0) throw ambiguous(displayName, [known, ...others]);
  return (known ?? (await createPerson({ displayName, actor }))).personId;
}

/** As the API says it of a name that it is asked for. */
function ambiguous(name: string, candidates: readonly Candidate[]): ApiProblem {
  return new ApiProblem({
    code: 'PERSON_AMBIGUOUS',
    status: 409,
    title: 'Several people go by this name',
    detail: `${candidates.length} people are called ${name}. Choose the one you mean.`,
    retryable: false,
    details: { candidates },
  });
}
