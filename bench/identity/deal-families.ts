import { shuffled } from './draw-libraries.ts';
import type { LabelledEmbeddings, LabelledFace } from './labelled-embeddings.ts';

const DAYS = 3 * 365;
/** Share of the faces of an event that are of people who are in no family. */
const STRANGERS = 0.15;
/** Share of the photos that say where they were taken. */
const PLACED = 0.7;

interface Family {
  readonly people: readonly number[];
  readonly home: { readonly latitude: number; readonly longitude: number };
  readonly friends: readonly number[];
}

/**
 * The faces of a collection as a family's library would hold them: families of two to five meet at home or on the way, alone or with
 * friends, and take photos of one to four of those who are there. Every face is used once; people with a single face are passers-by.
 */
export function dealFamilies(data: LabelledEmbeddings, people: ReadonlySet<number>, random: () => number): LabelledEmbeddings {
  const facesOf = new Map(
    [
      ...Map.groupBy(
        [...data.faces.keys()].filter((i) => people.has(data.faces[i]!.person)),
        (i) => data.faces[i]!.person,
      ),
    ].map(([person, places]) => [person, shuffled(places, random)]),
  );
  const recurring = shuffled(
    [...facesOf.keys()].filter((person) => facesOf.get(person)!.length > 2),
    random,
  );
  const passersBy = shuffled(
    [...facesOf.keys()].filter((person) => facesOf.get(person)!.length <= 2),
    random,
  );
  const families = makeFamilies(recurring, random);
  const dealt = new Map<number, LabelledFace>();
  let photo = 0;
  const left = () => families.filter(({ people }) => people.some((person) => facesOf.get(person)!.length > 0));
  for (let hosts = left(); hosts.length > 0; hosts = left()) {
    const host = pick(hosts, random);
    const guests = random() < 0.4 ? [families[pick(host.friends, random)]!] : [];
    const there = [host, ...guests].flatMap(({ people }) => people);
    const place = random() < 0.6 ? host.home : near(host.home, 2, random);
    const start = Math.floor(random() * DAYS * 1440);
    const photos = 1 + Math.floor(random() * 8);
    for (let shot = 0; shot < photos; shot++, photo++) {
      const date = new Date(Date.UTC(2002, 0, 1) + (start + shot * 12) * 60_000).toISOString().slice(0, 16).replace('T', ' ');
      const shown = shuffled(there, random).slice(0, 1 + Math.floor(random() * 4));
      const strangers = shown.filter(() => random() < STRANGERS).flatMap(() => passersBy.at(-1) ?? []);
      const where = random() < PLACED ? near(place, 0.001, random) : undefined;
      for (const person of [...shown, ...strangers]) {
        const face = facesOf.get(person)!.pop();
        if (face === undefined) {
          if (passersBy.at(-1) === person) passersBy.pop();
          continue;
        }
        dealt.set(face, { person, photo, date, ...(where && { place: where }) });
      }
    }
  }
  const places = [...dealt.keys()];
  const vectors = new Float32Array(places.length * data.dimension);
  for (const [row, place] of places.entries()) {
    vectors.set(data.vectors.subarray(place * data.dimension, (place + 1) * data.dimension), row * data.dimension);
  }
  return { dimension: data.dimension, vectors, faces: [...dealt.values()] };
}

function makeFamilies(people: readonly number[], random: () => number): Family[] {
  const families: { people: number[]; home: Family['home'] }[] = [];
  for (let start = 0; start < people.length; ) {
    const size = 2 + Math.floor(random() * 4);
    families.push({ people: people.slice(start, start + size), home: near({ latitude: 48, longitude: 11 }, 1, random) });
    start += size;
  }
  return families.map((family) => ({
    ...family,
    friends: Array.from({ length: 3 }, () => Math.floor(random() * families.length)),
  }));
}

function near({ latitude, longitude }: Family['home'], degrees: number, random: () => number): Family['home'] {
  return { latitude: latitude + (random() - 0.5) * degrees, longitude: longitude + (random() - 0.5) * degrees };
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)]!;
}
