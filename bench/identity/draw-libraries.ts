import type { LabelledEmbeddings } from './labelled-embeddings.ts';
import type { Simulation } from './simulate-library.ts';

/** A way of drawing libraries, and how many of them tell enough: one with few known people tells little. */
export interface LibraryKind {
  readonly name: string;
  readonly draws: number;
  /** How much one library of this kind counts in the fit. */
  readonly weight: number;
  readonly draw: (data: LabelledEmbeddings, people: ReadonlySet<number>, random: () => number) => Simulation;
}

/** The stages of a library's life: the first hour, some people named, half of everybody, everybody. */
export const LIBRARY_KINDS: readonly LibraryKind[] = [
  { name: 'everybody confirmed', draws: 1, weight: 4, draw: everybodyConfirmed },
  { name: 'half of each person confirmed', draws: 1, weight: 4, draw: halfConfirmed },
  ...[1, 3, 10, 30].flatMap((known) =>
    [1, 3].map((faces): LibraryKind => {
      return {
        name: `first hour: ${known} named, ${faces} ${faces === 1 ? 'face' : 'faces'} each`,
        draws: drawsFor(known),
        weight: 1,
        draw: (data, people, random) => firstHour(data, people, random, known, faces),
      };
    }),
  ),
  ...[1, 5, 20, 100].flatMap((known) =>
    [0.5, 1].map((share): LibraryKind => {
      return {
        name: `${known} named, ${share * 100} % of their faces`,
        draws: drawsFor(known),
        weight: 1,
        draw: (data, people, random) => someNamed(data, people, random, known, share),
      };
    }),
  ),
];

function drawsFor(knownPeople: number): number {
  return Math.max(1, Math.round(4 / Math.sqrt(knownPeople)));
}

/** The faces of each person, by place. */
function facesByPerson({ faces }: LabelledEmbeddings, people: ReadonlySet<number>): Map<number, number[]> {
  const places = [...faces.keys()].filter((i) => people.has(faces[i]!.person));
  return Map.groupBy(places, (place) => faces[place]!.person);
}

function everybodyConfirmed(data: LabelledEmbeddings, people: ReadonlySet<number>): Simulation {
  const all = [...facesByPerson(data, people).values()].flat();
  return { confirmed: new Set(all), tried: all };
}

/** People of a single photo are strangers; of the others every second face, rounded up, is confirmed, and the rest is tried. */
function halfConfirmed(data: LabelledEmbeddings, people: ReadonlySet<number>, random: () => number): Simulation {
  const byPerson = [...facesByPerson(data, people).values()];
  const confirmed = new Set(
    byPerson
      .filter((faces) => isRecurring(data, faces))
      .flatMap((faces) => shuffled(faces, random).slice(0, Math.ceil(faces.length / 2))),
  );
  return { confirmed, tried: byPerson.flat().filter((place) => !confirmed.has(place)) };
}

function firstHour(
  data: LabelledEmbeddings,
  people: ReadonlySet<number>,
  random: () => number,
  known: number,
  each: number,
): Simulation {
  const byPerson = [...facesByPerson(data, people).values()];
  const named = shuffled(
    byPerson.filter((faces) => faces.length > each),
    random,
  ).slice(0, known);
  const confirmed = new Set(named.flatMap((faces) => shuffled(faces, random).slice(0, each)));
  return { confirmed, tried: byPerson.flat().filter((place) => !confirmed.has(place)) };
}

function someNamed(
  data: LabelledEmbeddings,
  people: ReadonlySet<number>,
  random: () => number,
  known: number,
  share: number,
): Simulation {
  const byPerson = [...facesByPerson(data, people).values()];
  const named = shuffled(
    byPerson.filter((faces) => isRecurring(data, faces)),
    random,
  ).slice(0, known);
  const confirmed = new Set(named.flatMap((faces) => shuffled(faces, random).slice(0, Math.ceil(faces.length * share))));
  return { confirmed, tried: byPerson.flat() };
}

function isRecurring({ faces }: LabelledEmbeddings, places: readonly number[]): boolean {
  return new Set(places.map((place) => faces[place]!.photo)).size > 1;
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
