import type { Pace } from '../values/pace.ts';
import { Likeness } from './likeness.ts';
import { type Belief, type NameRates, NOBODY, type Puzzle } from './puzzle.ts';

/** Names looked at for one set of faces: those that most of its photos carry. */
const MOST_CANDIDATES = 24;
/** Share of a group that may be somebody else: a name that is ruled out for more of it is ruled out for all. */
const MOST_WRONG_IN_GROUP = 0.2;
/** A photo without any name says little: nobody may have looked. */
const LEAST_MISSING_WHERE_NOBODY_IS_NAMED = 0.5;
/** Log-odds against one person standing twice in a photo, beyond what the second takes from the first. */
const TWICE_IN_PHOTO = -6;
/** Share of the steps that look at two sets of one photo together: two who stand beside each other trade their names no other way. */
const SHARE_OF_PAIRS = 0.6;
/** The first sweeps choose more freely, by this temperature at the start. */
const FIRST_TEMPERATURE = 2;

export interface Sampling {
  readonly rates: NameRates;
  /** Who each set is at first; default nobody. */
  readonly start?: Int32Array;
  /** Sweeps over all sets before it counts, and those that count. */
  readonly burnIn: number;
  readonly sweeps: number;
  readonly random: () => number;
  readonly pace: Pace;
}

/**
 * Who each of the sets of faces is, by Gibbs sampling over all of them together: a set is more likely somebody the more of its photos carry
 * the name and the more alike it is to others that bear it, and nobody stands twice in a photo, so that a name that one face takes is no
 * longer there for the others.
 */
export async function sampleNames(puzzle: Puzzle, sets: readonly (readonly number[])[], sampling: Sampling): Promise<Belief[]> {
  const sampler = new Sampler(puzzle, sets, await prepare(puzzle, sets, sampling), sampling);
  const { burnIn, sweeps, pace } = sampling;
  for (let sweep = 0; sweep < burnIn + sweeps; sweep++) {
    const cooling = FIRST_TEMPERATURE * (1 - sweep / (burnIn / 2));
    await sampler.sweep(sampling.start ? 1 : Math.max(1, cooling), pace);
    if (sweep >= burnIn) await sampler.count(1 / sweeps, pace);
  }
  return sampler.beliefs;
}

/** What does not change while it is drawn. */
interface Prepared {
  readonly said: Int32Array;
  readonly candidates: readonly (readonly number[])[];
  /** What the names of the photos say of each candidate, as log-odds. */
  readonly heard: readonly (readonly number[])[];
  /** The sets beside each, and in how many photos. */
  readonly beside: readonly (readonly (readonly [set: number, photos: number])[])[];
}

async function prepare(puzzle: Puzzle, sets: readonly (readonly number[])[], sampling: Sampling): Promise<Prepared> {
  const { rates, start, pace } = sampling;
  const said = Int32Array.from(
    sets,
    (faces) => faces.map((face) => puzzle.said[face]!).find((person) => person !== NOBODY) ?? NOBODY,
  );
  const inPhoto = puzzle.names.map((): number[] => []);
  for (const [set, faces] of sets.entries()) for (const face of faces) inPhoto[puzzle.photoOf[face]!]!.push(set);
  const logFaces = logFacesOf(puzzle);
  const carried = puzzle.names.map((names) => new Set(names));
  const candidates: number[][] = [];
  const heardOf: number[][] = [];
  const beside: [number, number][][] = [];
  for (const [set, faces] of sets.entries()) {
    const some = said[set] === NOBODY ? candidatesOf(puzzle, faces, start?.[set] ?? NOBODY) : [];
    candidates.push(some);
    heardOf.push(some.map((person) => heard(puzzle, { faces, person, rates, logFaces, carried })));
    beside.push(setsBeside(puzzle, { set, faces, inPhoto }));
    if (pace.isDue()) await pace.rest();
  }
  return { said, candidates, heard: heardOf, beside };
}

class Sampler {
  readonly beliefs: Map<number, number>[];
  readonly #likeness: Likeness;
  readonly #random: () => number;
  /** Of each set. */
  readonly #is: Int32Array;
  readonly #prepared: Prepared;
  /** Those about whom nothing is settled. */
  readonly #open: number[];
  readonly #isOpen: readonly boolean[];

  constructor(puzzle: Puzzle, sets: readonly (readonly number[])[], prepared: Prepared, { start, random }: Sampling) {
    const { said, candidates } = prepared;
    this.#random = random;
    this.#likeness = new Likeness(puzzle, sets);
    this.#prepared = prepared;
    this.beliefs = Array.from(said, (person) => new Map(person === NOBODY ? [] : [[person, 1]]));
    this.#is = new Int32Array(sets.length).fill(NOBODY);
    this.#isOpen = candidates.map((some) => some.length > 0);
    this.#open = [...sets.keys()].filter((set) => this.#isOpen[set]);
    for (const set of sets.keys()) {
      const person = said[set] === NOBODY ? (start?.[set] ?? NOBODY) : said[set]!;
      if (said[set] !== NOBODY || candidates[set]!.includes(person)) this.#become(set, person);
    }
  }

  /** Draws anew who each set is, as all others stand. */
  async sweep(temperature: number, pace: Pace): Promise<void> {
    shuffle(this.#open, this.#random);
    for (const set of this.#open) {
      const others = this.#prepared.beside[set]!.filter(([other]) => this.#isOpen[other]);
      if (others.length > 0 && this.#random() < SHARE_OF_PAIRS) {
        this.#drawPair(set, others[Math.floor(this.#random() * others.length)]!, temperature);
      } else {
        const scores = this.#scores(set, null);
        this.#become(set, this.#personAt(set, this.#draw(scores, temperature)));
      }
      if (pace.isDue()) await pace.rest();
    }
  }

  /** Adds how likely everybody is, as all others stand. */
  async count(weight: number, pace: Pace): Promise<void> {
    for (const set of this.#open) {
      const scores = this.#scores(set, null);
      const top = Math.max(...scores);
      const total = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
      for (const [place, score] of scores.entries()) {
        const person = this.#personAt(set, place);
        const share = (weight * Math.exp(score - top)) / total;
        this.beliefs[set]!.set(person, (this.beliefs[set]!.get(person) ?? 0) + share);
      }
      if (pace.isDue()) await pace.rest();
    }
  }

  #drawPair(set: number, [other, photos]: readonly [number, number], temperature: number): void {
    const [mine, theirs] = [this.#scores(set, other), this.#scores(other, set)];
    const both = mine.flatMap((score, i) =>
      theirs.map((otherScore, j) => {
        const person = this.#personAt(set, i);
        const isTwice = person !== NOBODY && person === this.#personAt(other, j);
        return score + otherScore + (isTwice ? photos * TWICE_IN_PHOTO : 0);
      }),
    );
    const drawn = this.#draw(both, temperature);
    this.#become(set, this.#personAt(set, Math.floor(drawn / theirs.length)));
    this.#become(other, this.#personAt(other, drawn % theirs.length));
  }

  /** Log-odds of each candidate against nobody, who comes first. */
  #scores(set: number, without: number | null): number[] {
    const candidates = this.#prepared.candidates[set]!;
    const scores = candidates.map(
      (person, i) => this.#prepared.heard[set]![i]! + this.#likeness.logOdds(set, person, this.#is[set] === person),
    );
    for (const [other, photos] of this.#prepared.beside[set]!) {
      const taken = this.#is[other]!;
      if (other === without || taken === NOBODY) continue;
      const place = candidates.indexOf(taken);
      if (place >= 0) scores[place]! += photos * TWICE_IN_PHOTO;
    }
    return [0, ...scores];
  }

  #personAt(set: number, place: number): number {
    return place === 0 ? NOBODY : this.#prepared.candidates[set]![place - 1]!;
  }

  #become(set: number, person: number): void {
    if (this.#is[set] === person) return;
    this.#likeness.move(set, this.#is[set]!, person);
    this.#is[set] = person;
  }

  #draw(scores: readonly number[], temperature: number): number {
    let top = Number.NEGATIVE_INFINITY;
    for (const score of scores) top = Math.max(top, score);
    const odds = scores.map((score) => Math.exp((score - top) / temperature));
    let left = this.#random() * odds.reduce((sum, value) => sum + value, 0);
    const drawn = odds.findIndex((value) => {
      left -= value;
      return left <= 0;
    });
    return drawn === -1 ? odds.length - 1 : drawn;
  }
}

/** Whom the photos of these faces name, the most often named first, but for those who are ruled out. */
function candidatesOf({ names, photoOf, barred }: Puzzle, faces: readonly number[], start: number): number[] {
  const photos = new Map<number, number>();
  for (const face of faces) for (const person of names[photoOf[face]!]!) photos.set(person, (photos.get(person) ?? 0) + 1);
  const listed = [...photos].sort(([a, m], [b, n]) => n - m || a - b).map(([person]) => person);
  const all = start === NOBODY || photos.has(start) ? listed : [start, ...listed];
  const isAllowed = (person: number) =>
    faces.filter((face) => barred.get(face)?.has(person)).length <= MOST_WRONG_IN_GROUP * faces.length;
  return all.filter(isAllowed).slice(0, MOST_CANDIDATES);
}

interface Hearing {
  readonly faces: readonly number[];
  readonly person: number;
  readonly rates: NameRates;
  readonly logFaces: Float64Array;
  readonly carried: readonly ReadonlySet<number>[];
}

/** Log-odds from the names of the photos alone. A name that a photo carries is that of any of its faces, or of none. */
function heard({ names, photoOf }: Puzzle, { faces, person, rates, logFaces, carried }: Hearing): number {
  const { missing, wrong } = rates;
  let sum = 0;
  for (const face of faces) {
    const photo = photoOf[face]!;
    if (carried[photo]!.has(person)) sum += Math.log((1 - missing) / wrong) - logFaces[photo]!;
    else sum += Math.log(names[photo]!.length === 0 ? Math.max(missing, LEAST_MISSING_WHERE_NOBODY_IS_NAMED) : missing);
  }
  return sum;
}

function logFacesOf({ names, photoOf }: Puzzle): Float64Array {
  const faces = new Float64Array(names.length);
  for (const photo of photoOf) faces[photo]!++;
  return faces.map(Math.log);
}

function setsBeside(
  { photoOf }: Puzzle,
  { set, faces, inPhoto }: { set: number; faces: readonly number[]; inPhoto: readonly (readonly number[])[] },
): [number, number][] {
  const photos = new Map<number, number>();
  for (const face of faces) {
    for (const other of inPhoto[photoOf[face]!]!) if (other !== set) photos.set(other, (photos.get(other) ?? 0) + 1);
  }
  return [...photos];
}

function shuffle(items: number[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
