import type { KnownFaces } from '../../evidence/known-faces.ts';
import type { PriorName } from '../../model/priors.ts';
import type { PriorQuestion } from '../terms/ranking-term.ts';
import { logLift } from './back-off.ts';
import type { Circumstance, Experience } from './circumstance.ts';
import { company } from './company.ts';
import { place } from './place.ts';
import type { PhotoLabels } from './read-photo-labels.ts';
import { setIn } from './set-in.ts';
import { shotTime } from './shot-time.ts';
import { findSightings, occasionOf, type Sighting } from './sightings.ts';

/** Stands for the day of a photo without a date on which nobody is known. */
const UNKNOWN_DAY = Number.NEGATIVE_INFINITY;

/** What one circumstance of a photo says about the candidates. */
export interface Surrounding {
  readonly name: PriorName;
  /** `logLift` of each candidate; null for one who was never seen. */
  readonly lifts: readonly (number | null)[];
  /** A sentence with the counts, about the candidate at that place. */
  readonly because: (candidate: number) => string;
}

/** Who was seen when, where and with whom, as somebody said: by that, what is around a face tells who it may be. */
export class Surroundings {
  readonly #sightings: ReadonlyMap<string, Sighting>;
  readonly #circumstances: readonly Circumstance[];
  /** What was counted for the first face that asked for it. */
  readonly #learned = new Map<PriorName, ReturnType<Circumstance['learn']>>();
  readonly #withoutFace: ReadonlyMap<string, readonly string[]>;

  constructor({ bank }: Pick<KnownFaces, 'bank'>, priors: readonly PriorName[], photoLabels: readonly PhotoLabels[] = []) {
    this.#sightings = findSightings(bank, photoLabels);
    this.#withoutFace = new Map(photoLabels.map(({ photoId, people }) => [photoId, people]));
    this.#circumstances = [shotTime, company, place].filter(({ name }) => priors.includes(name));
  }

  /** Nothing of an embedding that is of no photo. What the photo itself was said to show counts as company only. */
  lifts({ face, company: beside, candidates }: PriorQuestion): Surrounding[] {
    if (!face) return [];
    const withoutFace = this.#withoutFace.get(face.photoId);
    const company = withoutFace ? new Set([...beside, ...withoutFace]) : beside;
    const own = this.#sightings.get(face.photoId);
    const asked = { occasion: own ?? occasionOf(face, UNKNOWN_DAY), company, ownPeople: own?.people ?? [] };
    return this.#circumstances.flatMap(({ name, reaches, applies, learn }) => {
      if (!applies(asked)) return [];
      const remember = setIn(this.#learned, name, () => learn(this.#sightings))(asked);
      const experiences = candidates.map(({ personId }) => remember(personId));
      return {
        name,
        lifts: experiences.map(({ usual, narrowing }) => logLift(usual, narrowing)),
        because: (candidate: number) => say(experiences[candidate]!, reaches),
      };
    });
  }
}

/** By the narrowest circumstances under which anybody was seen. */
function say({ usual, narrowing }: Experience, reaches: readonly string[]): string {
  const narrowest = narrowing.findLastIndex(({ all }) => all > 0);
  const share = `${percent(usual.seen / usual.all)} of all`;
  if (narrowest === -1) return `Nobody was named ${reaches[0]}.`;
  const { seen, all } = narrowing[narrowest]!;
  return `${seen} of ${all} named ${reaches[narrowest]} are this person, who is ${share}.`;
}

function percent(share: number): string {
  return share > 0 && share < 0.001 ? 'under 0.1 %' : `${Number((100 * share).toPrecision(2))} %`;
}
