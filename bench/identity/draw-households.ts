import { shuffled } from './draw-libraries.ts';
import type { LabelledEmbeddings } from './labelled-embeddings.ts';

/** A simulated photo: places of its faces in the collection, and the people whose names its metadata carries. */
export interface HouseholdPhoto {
  readonly faces: readonly number[];
  readonly names: readonly number[];
}

export interface Households {
  readonly photos: readonly HouseholdPhoto[];
  /** People who have a name; everybody else is a stranger. */
  readonly known: ReadonlySet<number>;
}

/** How good the names of a library are. */
export interface NameQuality {
  /** Share of the names of people in the photo that are left out. */
  readonly missing: number;
  /** Share of the others that are the name of somebody else: as often of the same household as of anybody. */
  readonly wrong: number;
}

/** Faces that somebody needs to have a name, and that are taken of one person at most. */
export interface FacesEach {
  readonly fewest: number;
  readonly most: number;
}

const LARGEST_PHOTO = 6;

/**
 * Photos of recurring households: 2 to 5 people who stand together again and again, now and then with a guest of the household next door,
 * and with strangers. Each face of `people` stands in one photo at most; two to six faces a photo.
 */
export function drawHouseholds(
  { faces }: LabelledEmbeddings,
  people: ReadonlySet<number>,
  { missing, wrong }: NameQuality,
  random: () => number,
  { fewest, most }: FacesEach,
): Households {
  const places = [...faces.keys()].filter((place) => people.has(faces[place]!.person));
  const byPerson = Map.groupBy(places, (place) => faces[place]!.person);
  const known = [...byPerson].filter(([, own]) => own.length >= fewest).map(([person]) => person);
  const strangers = shuffled(
    [...byPerson].filter(([, own]) => own.length < fewest).flatMap(([, own]) => own),
    random,
  );
  const left = new Map(known.map((person) => [person, shuffled(byPerson.get(person)!, random).slice(0, most)]));
  const order = shuffled(known, random);
  const households: number[][] = [];
  while (order.length > 0) households.push(order.splice(0, 2 + Math.floor(random() * 4)));

  const photos: HouseholdPhoto[] = [];
  for (;;) {
    const open = households.filter((household) => household.some((person) => left.get(person)!.length > 0));
    if (open.length === 0) break;
    const household = open[Math.floor(random() * open.length)]!;
    const present = household.filter((person) => left.get(person)!.length > 0);
    const shown = shuffled(present, random).slice(0, 1 + Math.floor(random() * present.length));
    const nextDoor = households[(households.indexOf(household) + 1) % households.length]!;
    const guests = nextDoor.filter((person) => !shown.includes(person) && left.get(person)!.length > 0);
    if (guests.length > 0 && random() < 0.15) shown.push(guests[Math.floor(random() * guests.length)]!);
    const faces = shown.map((person) => left.get(person)!.pop()!);
    const extra = Math.min(LARGEST_PHOTO - faces.length, faces.length === 1 || random() < 0.4 ? 1 + Math.floor(random() * 2) : 0);
    faces.push(...strangers.splice(0, extra));
    const names = new Set<number>();
    for (const person of shown) {
      if (random() < missing) continue;
      const circle = random() < 0.5 ? household : known;
      const others = circle.filter((other) => !shown.includes(other));
      names.add(random() < wrong && others.length > 0 ? others[Math.floor(random() * others.length)]! : person);
    }
    photos.push({ faces, names: [...names] });
  }
  return { photos: shuffled(photos, random), known: new Set(known) };
}
