import { type Cohort, identityOf, neighbourhoodOf, strangerDistance } from './cohort.ts';
import { type FaceBank, vectorOf } from './face-bank.ts';
import type { Gallery, GalleryPerson } from './gallery.ts';

/** About so many confirmed faces of a person, and fewer than twice as many, are looked at to find which identities are that person. */
const MOST_LOOKED_UP = 32;

/** How one person stands in the cohort. Found when it is first asked for, and true as long as the same faces speak for the person. */
interface Standing {
  /** Identities of the cohort that are this person. */
  readonly own: ReadonlySet<number>;
  /** `strangerDistance` of the person's faces that were asked about, by place in the bank. */
  readonly strangers: Map<number, number>;
}

/** Faces filed by photo: places in the bank, from some place on. */
interface PlacesInPhotos {
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Faces before this place are filed. */
  readonly until: number;
}

/** After so many new faces, all are filed anew. */
const MOST_LATER_FACES = 1_000;

function filePhotos(faces: FaceBank['faces'], from: number): PlacesInPhotos {
  const places = Array.from({ length: faces.length - from }, (_, i) => from + i);
  return { places: Map.groupBy(places, (place) => faces[place]!.photoId), until: faces.length };
}

/** Everything that a face is judged by: all faces, those that speak for somebody, and the cohort that distances are held against. */
export class KnownFaces {
  readonly bank: FaceBank;
  readonly gallery: Gallery;
  readonly cohort: Cohort;
  readonly #standings: Map<string, Standing>;
  /** As it was before other faces spoke for a person, by the same vectors and cohort. */
  readonly #formerStandings: ReadonlyMap<string, Standing>;
  #photos: PlacesInPhotos | null;
  /** Of faces that came since. */
  #laterPhotos: PlacesInPhotos | null = null;
  #places: ReadonlyMap<string, number> | null = null;

  /** `former` are the same faces at an earlier time, and for which people others speak since. */
  constructor(
    state: Pick<KnownFaces, 'bank' | 'gallery' | 'cohort'>,
    former?: { known: KnownFaces; changedPeople: ReadonlySet<string> },
  ) {
    ({ bank: this.bank, gallery: this.gallery, cohort: this.cohort } = state);
    const isSameCohort = former?.known.cohort === state.cohort;
    const standings = isSameCohort ? [...former.known.#standings] : [];
    this.#standings = new Map(standings.filter(([personId]) => !former!.changedPeople.has(personId)));
    const isSameFaces = isSameCohort && former.known.bank.vectors === state.bank.vectors;
    this.#formerStandings = new Map(isSameFaces ? [...former.known.#formerStandings, ...standings] : []);
    // A face stays in its photo, and at its place.
    const photos = former ? former.known.#photos : null;
    this.#photos = photos && this.bank.faces.length - photos.until < MOST_LATER_FACES ? photos : null;
  }

  /** Places in the bank of a photo's faces, ascending. */
  placesInPhoto(photoId: string): readonly number[] {
    this.#photos ??= filePhotos(this.bank.faces, 0);
    this.#laterPhotos ??= filePhotos(this.bank.faces, this.#photos.until);
    return [this.#photos, this.#laterPhotos].flatMap(({ places }) => places.get(photoId) ?? []);
  }

  /** Of a person in the gallery; -1 when no face speaks for the person. */
  placeOfPerson(personId: string): number {
    this.#places ??= new Map(this.gallery.people.map((person, place) => [person.personId, place]));
    return this.#places.get(personId) ?? -1;
  }

  /** The identities of the cohort that are this person, by the person's confirmed faces. */
  identitiesOf(person: GalleryPerson): ReadonlySet<number> {
    return this.#standing(person).own;
  }

  /** `strangerDistance` of a confirmed face of the person. */
  strangerDistanceOf(person: GalleryPerson, place: number): number {
    const { own, strangers } = this.#standing(person);
    const known = strangers.get(place);
    if (known !== undefined) return known;
    const { photoId } = this.bank.faces[place]!;
    const distance = strangerDistance(
      neighbourhoodOf(this.bank, this.cohort, { vector: vectorOf(this.bank, place), photoId }),
      own,
    );
    strangers.set(place, distance);
    return distance;
  }

  #standing(person: GalleryPerson): Standing {
    const known = this.#standings.get(person.personId);
    if (known) return known;
    const own = new Set<number>();
    const step = Math.max(1, Math.floor((person.end - person.start) / MOST_LOOKED_UP));
    for (let row = person.start; row < person.end; row += step) {
      const identity = identityOf(this.cohort, vectorOf(this.bank, this.gallery.rows[row]!));
      if (identity !== null) own.add(identity);
    }
    // Distances to strangers follow from who is none.
    const former = this.#formerStandings.get(person.personId);
    const isSame = former !== undefined && former.own.symmetricDifference(own).size === 0;
    const standing = { own, strangers: new Map(isSame ? former.strangers : []) };
    this.#standings.set(person.personId, standing);
    return standing;
  }
}
