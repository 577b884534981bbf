import { sql } from 'kysely';
import type { PhotoLibrary } from '../../../packages/sdk/src/index.ts';
import type { LibraryContext } from '../../../packages/sdk/src/library/library-context.ts';
import { addFaces, type BankPhoto } from '../../../packages/sdk/test/support/face-bank.ts';
import { Clusters, clusterSpace } from '../../../packages/sdk/test/support/sample-clusters.ts';

const FACES_PER_PHOTO = 2;
/** A quarter of the faces are strangers', two thirds of the others are confirmed: half of all. */
const STRANGERS = 0.25;
const CONFIRMED = 2 / 3;
const PHOTOS_PER_BATCH = 2_000;
const [FIRST_YEAR, YEARS] = [2005, 20];
/** Where photos were taken, by how many of 100. */
const CITIES = [
  { city: 'Berlin', country: 'Germany', countryCode: 'DE', at: [52.5, 13.4], share: 50 },
  { city: 'Lyon', country: 'France', countryCode: 'FR', at: [45.8, 4.8], share: 30 },
  { city: 'Osaka', country: 'Japan', countryCode: 'JP', at: [34.7, 135.5], share: 12 },
  { city: 'Kyoto', country: 'Japan', countryCode: 'JP', at: [35.0, 135.8], share: 8 },
] as const;

/** Generated faces of people and strangers on photos over twenty years and four cities, and what is true of each. */
export class Crowd {
  readonly clusters: Clusters;
  readonly people: number;
  readonly dimension = clusterSpace.dimension;
  readonly vectors: Float32Array;
  /** By face: who it is; strangers have the number `people`. */
  readonly persons: Int32Array;
  /** By photo; face `i` is on photo `i / 2`. */
  readonly years: Int32Array;
  readonly cities: Int32Array;
  readonly faceIds: string[] = [];
  readonly personIds: string[] = [];
  readonly #faces = new Map<string, number>();
  /** By face, whether it has been confirmed. */
  readonly isNamed: Uint8Array;

  constructor(faces: number, people: number) {
    this.people = people;
    this.clusters = new Clusters(5, people);
    this.vectors = new Float32Array(faces * this.dimension);
    this.persons = new Int32Array(faces);
    this.isNamed = new Uint8Array(faces);
    this.years = new Int32Array(Math.ceil(faces / FACES_PER_PHOTO));
    this.cities = new Int32Array(this.years.length);
    const { clusters } = this;
    for (let photo = 0; photo < this.years.length; photo++) {
      this.years[photo] = FIRST_YEAR + clusters.pick(YEARS);
      this.cities[photo] = pickCity(clusters.pick(100));
      const first = clusters.pick(people);
      const both = [first, (first + 1 + clusters.pick(people - 1)) % people];
      for (const [i, person] of both.entries()) {
        const face = photo * FACES_PER_PHOTO + i;
        this.persons[face] = clusters.pick(1000) < STRANGERS * 1000 ? people : person;
        this.vectors.set(clusters.face(this.persons[face]), face * this.dimension);
      }
    }
  }

  get size(): number {
    return this.persons.length;
  }

  vector(face: number): Float32Array {
    return this.vectors.subarray(face * this.dimension, (face + 1) * this.dimension);
  }

  /** The other face on its photo. */
  besides(face: number): number {
    return face ^ 1;
  }

  faceWith(faceId: string): number {
    return this.#faces.get(faceId)!;
  }

  /** A face drawn at random. */
  pick(): number {
    return this.clusters.pick(this.size);
  }

  yearOf(face: number): number {
    return this.years[Math.floor(face / FACES_PER_PHOTO)]!;
  }

  cityOf(face: number): string {
    return CITIES[this.cities[Math.floor(face / FACES_PER_PHOTO)]!]!.city;
  }

  async save(context: LibraryContext): Promise<void> {
    for (let start = 0; start < this.years.length; start += PHOTOS_PER_BATCH) {
      const batch = Array.from({ length: Math.min(PHOTOS_PER_BATCH, this.years.length - start) }, (_, i) =>
        this.#photo(start + i),
      );
      for (const faceId of (await addFaces(context, clusterSpace, batch)).flat()) {
        this.#faces.set(faceId, this.faceIds.length);
        this.faceIds.push(faceId);
      }
      if (this.faceIds.length % 50_000 === 0) console.log(`${this.faceIds.length} faces saved`);
    }
    await sql`ANALYZE`.execute(context.db);
  }

  /** Confirms two thirds of the faces of each person, person by person. */
  async name(library: PhotoLibrary, context: LibraryContext): Promise<void> {
    const facesOf = Map.groupBy(this.persons.keys(), (face) => this.persons[face]!);
    for (let person = 0; person < this.people; person++) {
      const { personId } = await library.people.create({ displayName: `Person ${person}` });
      this.personIds.push(personId);
      const theirs = facesOf.get(person) ?? [];
      const named = theirs.slice(0, Math.round(theirs.length * CONFIRMED));
      if (named.length === 0) continue;
      for (const face of named) this.isNamed[face] = 1;
      await library.labels.confirmMany({ faceIds: named.map((face) => this.faceIds[face]!), personId, actor: 'bench' });
    }
    await sql`ANALYZE`.execute(context.db);
  }

  #photo(photo: number): BankPhoto {
    const {
      city,
      country,
      countryCode,
      at: [latitude, longitude],
    } = CITIES[this.cities[photo]!]!;
    const at = new Date(Date.UTC(this.years[photo]!, photo % 12, 1 + (photo % 28), photo % 24, photo % 60));
    const first = photo * FACES_PER_PHOTO;
    return {
      vectors: Array.from({ length: Math.min(FACES_PER_PHOTO, this.size - first) }, (_, i) => this.vector(first + i)),
      changes: {
        shot: {
          at,
          local: at.toISOString().slice(0, -1),
          offsetMinutes: 0,
          zone: null,
          source: 'exif:DateTimeOriginal',
          precision: 'second',
          candidates: [],
        },
        latitude,
        longitude,
        place: { city, region: null, country, countryCode, source: 'bench' },
      },
    };
  }
}

function pickCity(hundredth: number): number {
  let [city, sum] = [0, CITIES[0].share as number];
  while (sum <= hundredth) sum += CITIES[++city]!.share;
  return city;
}
