import type { LabelChange } from './labels.ts';
import type { Page, PageOptions } from './page.ts';

export interface Person {
  personId: string;
  displayName: string;
  aliases: string[];
  /** `YYYY-MM-DD`. */
  birthDate: string | null;
  hidden: boolean;
  coverFaceId: string | null;
  /** The person this one was merged into. */
  mergedInto: string | null;
  facesCount: number;
  photosCount: number;
  createdAt: Date;
  /** The journal entry that made or last changed this person; hand it in as `revision` to overwrite nothing that was said since. */
  eventId: string;
}

/** Somebody who was merged into another is never listed: the survivor is. */
export interface PeopleFilter {
  /** Part of a name or an alias, regardless of case, accents and the form of letters. */
  q?: string;
  /** Also people who are hidden. Default false. */
  includeHidden?: boolean;
  /** By name (default), or those with the most faces first. */
  order?: 'name' | 'faces';
}

/** A person as it stands after a change, with the change: hand its `batchId` to `labels.undo` to take it back. */
export interface PersonChange extends Person, LabelChange {}

export interface MergedPeople extends LabelChange {
  /** How many faces became those of the person who stays. */
  movedFaces: number;
}

export interface RemovedPerson extends LabelChange {
  /** How many faces lost the name. */
  unlabelledFaces: number;
}

/** What became of the people of an address book. */
export interface VcardImport {
  /** Everything that was written is undone by it; null when nothing was. */
  batchId: string | null;
  events: number;
  /** Cards of people. */
  cards: number;
  /** Cards of groups and companies, and those without a name. */
  leftOut: number;
  created: number;
  /** People who were there, and whose birth date was missing. */
  completed: number;
  unchanged: number;
  /** Names that several people of the library go by, or cards of one name born on different days: left alone. */
  ambiguous: { name: string; cards: number; personIds: string[] }[];
}

/**
 * The people of a library. Every call that changes somebody is one batch of the journal, undone by its `batchId`, as those of
 * {@link Labels} are; a call that changes nothing writes nothing (`events: 0`).
 *
 * With `revision`, the `eventId` of the person as it was read, a call refuses to overwrite what was said since: ConflictError
 * (PERSON_CHANGED), which tells who changed them and when. Without it the last word counts.
 *
 * @example
 * ```ts
 * const { personId, batchId } = await library.people.create({ displayName: 'Ada', actor: 'mia' });
 * await library.people.rename(personId, 'Ada Lovelace', { actor: 'mia' });
 * ```
 */
export interface People {
  /**
   * `personId` is for an import that must find its people again: a UUID no person has yet. Default: a new one.
   *
   * @example
   * ```ts
   * const ada = await library.people.create({ displayName: 'Ada', aliases: ['Granny'], birthDate: '1952-12-10', actor: 'mia' });
   * ```
   */
  create(options: {
    displayName: string;
    aliases?: string[];
    birthDate?: string;
    actor?: string;
    personId?: string;
  }): Promise<PersonChange>;
  /**
   * Also somebody who was merged into another: `mergedInto` says into whom. Throws NotFoundError (PERSON_NOT_FOUND), of somebody who
   * was removed with the batch that brings them back.
   *
   * @example
   * ```ts
   * const { displayName, photosCount } = await library.people.get(personId);
   * ```
   */
  get(personId: string): Promise<Person>;
  /**
   * null for an id that no person of the library has.
   *
   * @example
   * ```ts
   * const person = await library.people.find(personId);
   * console.log(person?.displayName ?? 'nobody');
   * ```
   */
  find(personId: string): Promise<Person | null>;
  /**
   * By name or alias: one spelt exactly so, else one that differs in case, accents or the form of letters only; people before those who were
   * merged, whose names find the survivor, and names before aliases. Throws AmbiguousPersonError (PERSON_AMBIGUOUS) with the candidates when
   * several fit equally well.
   *
   * @example
   * ```ts
   * const ada = (await library.people.findByName('ada')) ?? (await library.people.create({ displayName: 'Ada', actor: 'mia' }));
   * ```
   */
  findByName(name: string): Promise<Person | null>;
  /**
   * Everybody who goes by this name or alias regardless of case, accents and the form of letters, those who fit best first. Nobody who was merged
   * into another.
   *
   * @example
   * ```ts
   * const namesakes = await library.people.listByName('Li Na');
   * if (namesakes.length > 1) console.log(namesakes.map(({ personId, birthDate }) => `${personId} ${birthDate}`));
   * ```
   */
  listByName(name: string): Promise<Person[]>;
  /**
   * A page of people, with the total of all pages.
   *
   * @example
   * ```ts
   * const { items, total } = await library.people.list({ order: 'faces', limit: 10 });
   * console.log(`${total} people, most often ${items.map(({ displayName }) => displayName).join(', ')}`);
   * ```
   */
  list(options?: PageOptions & PeopleFilter): Promise<Page<Person>>;
  /**
   * Everybody whom `list` counts in its total, fetched in batches.
   *
   * @example
   * ```ts
   * for await (const { displayName, facesCount } of library.people.iterate()) console.log(displayName, facesCount);
   * ```
   */
  iterate(options?: PeopleFilter & { signal?: AbortSignal }): AsyncIterable<Person>;
  /**
   * The same as `update` with a `displayName`.
   *
   * @example
   * ```ts
   * const { batchId } = await library.people.rename(personId, 'Ada Lovelace', { actor: 'mia' });
   * ```
   */
  rename(personId: string, displayName: string, options?: { actor?: string; revision?: string }): Promise<PersonChange>;
  /**
   * Changes the fields given, all or none of them.
   *
   * @example
   * ```ts
   * await library.people.update(personId, { birthDate: '1952-12-10', coverFaceId: faceId }, { actor: 'mia' });
   * ```
   */
  update(
    personId: string,
    changes: {
      displayName?: string;
      aliases?: string[];
      birthDate?: string | null;
      hidden?: boolean;
      coverFaceId?: string | null;
    },
    options?: { actor?: string; revision?: string },
  ): Promise<PersonChange>;
  /**
   * People of an address book, the content of a `.vcf` file (vCard 2.1 to 4.0): everybody whom nobody goes by is made, with birth date and
   * nicknames as aliases; people who are there get a birth date that is missing, and nothing else. A birthday without its year is left
   * out. One batch; a second import writes nothing. Throws InvalidInputError for what is no vCard.
   *
   * @example
   * ```ts
   * const vcards = 'BEGIN:VCARD\nVERSION:4.0\nFN:Ada Lovelace\nBDAY:18151210\nEND:VCARD\n'; // or the bytes of a file
   * const { created, completed } = await library.people.importVcards({ vcards, actor: 'mia' });
   * ```
   */
  importVcards(options: { vcards: string | Uint8Array; actor?: string; dryRun?: boolean }): Promise<VcardImport>;
  /**
   * All faces of `fromId` become `intoId`'s; the row of `fromId` stays and points on. Throws ConflictError when both stand in one photo, unless `allowSamePhoto`.
   *
   * @example
   * ```ts
   * const granny = await library.people.findByName('Granny');
   * if (granny) await library.people.merge({ fromId: granny.personId, intoId: personId, actor: 'mia' });
   * ```
   */
  merge(options: {
    fromId: string;
    intoId: string;
    actor: string;
    allowSamePhoto?: boolean;
    /** By id, of one or both of the two. */
    revisions?: Readonly<Record<string, string>>;
  }): Promise<MergedPeople>;
  /**
   * Takes somebody out who was made by mistake, with everybody who was merged into them. What was said of faces goes with them: "not this
   * person", and with `unlabel` the labels; without it a person with labels is a ConflictError (PERSON_HAS_LABELS), which tells how many.
   *
   * @example
   * ```ts
   * const { batchId } = await library.people.remove(personId, { actor: 'mia' });
   * await library.labels.undo({ batchId, actor: 'mia' }); // the same person, the same labels
   * ```
   */
  remove(personId: string, options: { unlabel?: boolean; actor: string; revision?: string }): Promise<RemovedPerson>;
}
