import { setImmediate as nextTurn } from 'node:timers/promises';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { activeSpace } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpace } from '../model/embedding-space.ts';
import type { EmbeddingSpaces, SpaceComparison, SpaceDisagreement, SpaceSeparation } from '../model/embedding-spaces.ts';
import { getSpace } from '../saving/rows/spaces.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { type ConfirmedFaces, readConfirmedFaces } from './read-confirmed-faces.ts';
import { coverageOf, median, type Trial, tryProbe } from './separation.ts';

const DEFAULT_PROBES = 1_000;
const MOST_DISAGREEMENTS = 50;
/** Probes between two turns of the event loop. */
const PROBES_PER_TURN = 4;

type CompareOptions = Parameters<EmbeddingSpaces['compare']>[0];

/** How the confirmed people of a library separate in two spaces, on the very same faces. */
export async function compareSpaces(context: LibraryContext, options: CompareOptions): Promise<SpaceComparison> {
  refuseUnknown<CompareOptions>(
    options,
    { space: true, with: true, probes: true, signal: true, onProgress: true },
    'the options of spaces.compare',
  );
  const { probes = DEFAULT_PROBES, signal, onProgress } = options;
  if (!Number.isInteger(probes) || probes < 1) throw InvalidInputError.expected('a whole number of at least 1', 'probes', probes);
  const other = await getSpace(context, options.space);
  const base = await baseSpace(context, options.with);
  if (base.spaceId === other.spaceId) {
    throw new InvalidInputError(`'${other.name}' would be compared with itself.`, { remedy: 'Name another space as `with`.' });
  }
  const confirmed = await readConfirmedFaces(context, [base, other], signal);
  if (confirmed.people.length < 2) {
    throw new InvalidInputError('There are no two people with two confirmed faces each that have a vector in both spaces.', {
      remedy: 'Confirm more faces, and fill both spaces first.',
    });
  }

  const chosen = evenly(confirmed.faceIds.length, probes);
  const trials: [Trial, Trial][] = [];
  for (const [done, probe] of chosen.entries()) {
    if (done % PROBES_PER_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
      onProgress?.({ done, total: chosen.length });
    }
    trials.push([tryProbe(confirmed.vectors[0], probe), tryProbe(confirmed.vectors[1], probe)]);
  }
  onProgress?.({ done: chosen.length, total: chosen.length });
  const owners = chosen.map((probe) => confirmed.vectors[0].people[probe]!);
  return {
    spaces: [
      separationOf(
        base,
        owners,
        trials.map(([first]) => first),
      ),
      separationOf(
        other,
        owners,
        trials.map(([, second]) => second),
      ),
    ],
    faces: confirmed.faceIds.length,
    people: confirmed.people.length,
    disagreements: disagreementsOf(confirmed, chosen, trials),
  };
}

async function baseSpace(
  context: LibraryContext,
  name: string | undefined,
): Promise<Pick<EmbeddingSpace, 'spaceId' | 'name' | 'dimension'>> {
  if (name !== undefined) return await getSpace(context, name);
  const active = await activeSpace(context);
  if (!active) throw new NotFoundError('space', 'active', { remedy: 'Index photos with faces first.' });
  return active;
}

function separationOf(
  { name }: Pick<EmbeddingSpace, 'name'>,
  owners: readonly number[],
  trials: readonly Trial[],
): SpaceSeparation {
  const rank1 = trials.filter(({ nearest }, i) => nearest[0]?.person === owners[i]).length / trials.length;
  const others = trials.map(({ nearest }, i) => nearest.find(({ person }) => person !== owners[i])!.distance);
  return {
    space: name,
    rank1,
    coverage: coverageOf(trials.map((trial, i) => ({ own: owners[i]!, trial }))),
    sameDistance: median(trials.map(({ same }) => same)),
    otherDistance: median(others),
  };
}

/** Where the two name different people: those of which one is surest first. */
function disagreementsOf(
  confirmed: ConfirmedFaces,
  chosen: readonly number[],
  trials: readonly [Trial, Trial][],
): SpaceDisagreement[] {
  const found = trials.flatMap((pair, i) => {
    const [first, second] = pair.map(({ nearest }) => nearest[0]!);
    if (first!.person === second!.person) return [];
    const probe = chosen[i]!;
    const disagreement: SpaceDisagreement = {
      faceId: confirmed.faceIds[probe]!,
      personId: confirmed.people[confirmed.vectors[0].people[probe]!]!,
      nearest: [first!, second!].map(({ person, distance }) => ({ personId: confirmed.people[person]!, distance })),
    };
    const sureness = Math.max(...pair.map(({ nearest: [nearest, next] }) => 1 - nearest!.distance / next!.distance));
    return [{ disagreement, sureness }];
  });
  found.sort((a, b) => b.sureness - a.sureness || (a.disagreement.faceId < b.disagreement.faceId ? -1 : 1));
  return found.slice(0, MOST_DISAGREEMENTS).map(({ disagreement }) => disagreement);
}

/** So many of the places below `count`, spread over all of them, the same every time. */
function evenly(count: number, wanted: number): number[] {
  if (wanted >= count) return [...Array(count).keys()];
  return Array.from({ length: wanted }, (_, i) => Math.floor((i * count) / wanted));
}
