import type { LabelChange, LabelRevisions } from './labels.ts';
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

export interface SplitPerson extends LabelChange {
  /** Whose faces they are now. */
  personId: string;
  movedFaces: number;
}

/** The likeliest way to cut a person's faces in two. */
export interface SplitProposal {
  /** Face ids of both halves, the larger first; faces of one photo stand apart. */
  parts: [string[], string[]];
  /**
   * Mean silhouette of the cut, -1 to 1: how much nearer faces are to their own half than to the other. Of 120 people of Labeled Faces
   * in the Wild 95 % are below 0.23, and of as many mixtures of two 95 % above 0.3.
   */
  silhouette: number;
  /** What the silhouette says: below 0.26 one person, from 0.33 on two. */
  looksLike: 'one_person' | 'two_people' | 'unclear';
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
   * Some faces of `fromId` are somebody else: the person `intoId`, or a new one called `displayName`. They are confirmed as that one;
   * faces that are said not to be others, or set aside, stay so. Throws ConflictError: LABEL_CHANGED for a face that is not labelled
   * `fromId`, and PERSON_ALREADY_IN_PHOTO when the person stands in one of the photos already, unless `allowSamePhoto`.
   *
   * @example
   * ```ts
   * const faceIds = ['0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17'];
   * const { batchId } = await library.people.split({ fromId: personId, faceIds, displayName: 'Her sister', actor: 'mia' });
   * ```
   */
  split(options: {
    fromId: string;
    faceIds: readonly string[];
    /** Who they are; or `displayName`. */
    intoId?: string;
    /** The name of the person who is made for them, whoever else goes by it. */
    displayName?: string;
    actor: string;
    allowSamePhoto?: boolean;
    /** Of `fromId`. */
    revision?: string;
    /** Of the faces. */
    revisions?: LabelRevisions;
  }): Promise<SplitPerson>;
  /**
   * Where to cut a person in two, by what the confirmed and imported faces look like in the active embedding space, and whether that
   * looks like two people at all. Changes nothing. null for fewer than two faces with vectors. Of more than 1,000 faces so many are
   * compared, drawn evenly; the others go to the half they are nearer to.
   *
   * @example
   * ```ts
   * const proposal = await library.people.proposeSplit(personId);
   * if (proposal?.looksLike === 'two_people') console.log(`${proposal.parts[1].length} faces seem to be somebody else`);
   * ```
   */
  proposeSplit(personId: string, options?: { signal?: AbortSignal }): Promise<SplitProposal | null>;
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
