import type { ConflictCode } from '../errors/conflict-error.ts';
import type { IgnoredReason } from './ignored-reason.ts';
import type { Page } from './page.ts';

export type LabelSource = 'human_confirmed' | 'model_guess' | 'imported';

/** One change of labels or people: everything with its `batchId` is undone together. */
export interface LabelChange {
  batchId: string;
  /** How many journal entries it wrote; 0 when nothing had to change. */
  events: number;
}

/** By face id, the `eventId` of its label as it was read; null for no label. */
export type LabelRevisions = Readonly<Record<string, string | null>>;

/** A label that another program or an old library gave. */
export interface LabelToImport {
  faceId: string;
  personId: string;
  /** 0 to 1; default 1. */
  confidence?: number;
  /** Where it comes from. */
  provenance: Record<string, unknown>;
}

/** What became of an import. */
export interface LabelImport extends LabelChange {
  /** Labels that were not set, because of what is known of the face or its photo; all others stand now. */
  refused: { faceId: string; personId: string; code: ConflictCode; message: string }[];
}

export type IdentityEventKind =
  | 'person_created'
  | 'person_changed'
  | 'person_merged'
  | 'person_removed'
  | 'label_set'
  | 'label_cleared'
  | 'person_rejected'
  | 'rejection_cleared'
  | 'face_ignored'
  | 'face_created'
  | 'face_moved'
  | 'face_removed'
  | 'pair_set'
  | 'pair_cleared'
  | 'photo_labelled'
  | 'photo_label_cleared';

/** One entry of the append-only journal from which labels, rejections and merges derive. */
export interface IdentityEvent {
  seq: bigint;
  eventId: string;
  batchId: string;
  kind: IdentityEventKind;
  faceId: string | null;
  personId: string | null;
  otherPersonId: string | null;
  /** Of what was said of two faces, whether they are one person: the second. */
  otherFaceId: string | null;
  /** Of entries about a whole photo. */
  photoId: string | null;
  actor: string;
  confidence: number | null;
  provenance: Record<string, unknown>;
  /** State of the event's subject before and after. */
  before: unknown;
  after: unknown;
  /** The entry that this one takes back. */
  undoes: string | null;
  createdAt: Date;
}

/** What was said in one go: entries of the journal that are undone together. */
export interface IdentityBatch {
  batchId: string;
  actor: string;
  /** Of its last entry. */
  createdAt: Date;
  /** How many entries there are of each kind. */
  kinds: Partial<Record<IdentityEventKind, number>>;
  /** Faces that it is about. */
  faces: number;
  /** People that it is about, by name; ten at most. */
  people: { personId: string; displayName: string }[];
  /** The batch that it takes back; null for one that takes back nothing. */
  undoesBatchId: string | null;
}

/**
 * Who is on which face. Every call that changes something is one batch of the journal, all or nothing; a call that changes nothing
 * writes nothing (`events: 0`). A person who was merged into another stands for the survivor.
 *
 * With `revision`, the `eventId` of the face's label as it was read, or null for no label, a call refuses to overwrite what was said
 * since: ConflictError (LABEL_CHANGED), whose `details` tell who said what and when, and the revision of today. Calls about several
 * faces take `revisions`, by face id. Without them the last word counts.
 *
 * Errors: NotFoundError (FACE_NOT_FOUND, PERSON_NOT_FOUND), InvalidInputError for an actor that is not 1 to 200 characters, and
 * ConflictError as said below.
 *
 * @example
 * ```ts
 * const { label } = await library.faces.get(faceId);
 * const { batchId } = await library.labels.confirm({ faceId, personId, actor: 'mia', revision: label?.eventId ?? null });
 * await library.labels.undo({ batchId, actor: 'mia' });
 * ```
 */
export interface Labels {
  /**
   * A person, named by `actor`, says who it is: over any other label and any rejection. A guess that put the person elsewhere in the
   * photo is cleared; another label there is a conflict (PERSON_ALREADY_IN_PHOTO) unless `allowSamePhoto`.
   *
   * @example
   * ```ts
   * await library.labels.confirm({ faceId, personId, actor: 'mia', provenance: { page: 'review' } });
   * ```
   */
  confirm(options: {
    faceId: string;
    personId: string;
    actor: string;
    allowSamePhoto?: boolean;
    provenance?: Record<string, unknown>;
    revision?: string | null;
  }): Promise<LabelChange>;
  /**
   * The same for several faces of one person, in one batch.
   *
   * @example
   * ```ts
   * const similar = await library.search.similarFaces({ faceId, maxDistance: 0.4, labelled: false });
   * const faceIds = [faceId, ...similar.map(({ face }) => face.faceId)];
   * await library.labels.confirmMany({ faceIds, personId, actor: 'mia' });
   * ```
   */
  confirmMany(options: { faceIds: string[]; personId: string; actor: string; revisions?: LabelRevisions }): Promise<LabelChange>;
  /**
   * A guess or an import. Conflicts: LABEL_CONFIRMED over what a person confirmed, and for a guess over an import;
   * FACE_REJECTED_PERSON; PERSON_ALREADY_IN_PHOTO, but for guesses that an import clears.
   *
   * @example
   * ```ts
   * const [best] = await library.review.suggestions(faceId);
   * if (best?.action === 'auto_apply') {
   *   const { person, confidence, reason } = best;
   *   await library.labels.apply({ faceId, personId: person.personId, source: 'model_guess', confidence, provenance: { reason } });
   * }
   * ```
   */
  apply(options: {
    faceId: string;
    personId: string;
    source: 'model_guess' | 'imported';
    /** 0 to 1. */
    confidence: number;
    provenance: Record<string, unknown>;
    actor?: string;
    revision?: string | null;
  }): Promise<LabelChange>;
  /**
   * Labels from elsewhere, in one batch that is undone together. Each is decided on as by `apply` with the source `imported`, but one
   * that must not stand is told of and left out, and faces of a photo may trade their names. Of several for a face the first counts.
   *
   * @example
   * ```ts
   * const labels = [{ faceId, personId, provenance: { file: 'album.xml' } }];
   * const { refused } = await library.labels.importMany({ labels, actor: 'album import' });
   * for (const { code, message } of refused) console.warn(code, message);
   * ```
   */
  importMany(options: { labels: readonly LabelToImport[]; actor?: string }): Promise<LabelImport>;
  /**
   * "Not this person": sticks, and clears the label when it is that person.
   *
   * @example
   * ```ts
   * await library.labels.reject({ faceId, personId, actor: 'mia' }); // never suggested for this face again
   * ```
   */
  reject(options: { faceId: string; personId: string; actor: string; revision?: string | null }): Promise<LabelChange>;
  /**
   * Takes any label off the face.
   *
   * @example
   * ```ts
   * await library.labels.clear({ faceId, actor: 'mia' });
   * ```
   */
  clear(options: { faceId: string; actor: string; revision?: string | null }): Promise<LabelChange>;
  /**
   * Sets faces aside for good, or takes them back with `ignored: false`. `reason` says why it is nobody: faces that look like a
   * stranger, a picture or what is no face are asked about less; those that look like an unclear one are not.
   * A guess who the face is does not stand against that, and is cleared.
   *
   * @example
   * ```ts
   * const { items } = await library.faces.list({ photoId, labelled: false });
   * await library.labels.ignore({ faceIds: items.map(({ faceId }) => faceId), actor: 'mia' });
   * ```
   */
  ignore(options: {
    faceIds: string[];
    actor: string;
    ignored?: boolean;
    reason?: IgnoredReason;
    revisions?: LabelRevisions;
  }): Promise<LabelChange>;
  /**
   * The rest of a photo is nobody: sets all its faces aside of whom nobody said who they are, as strangers unless `reason` says
   * otherwise. Guesses of these faces are cleared. Throws NotFoundError (PHOTO_NOT_FOUND) for an unknown photo.
   *
   * @example
   * ```ts
   * const { events } = await library.labels.ignoreRest({ photoId, actor: 'mia' });
   * ```
   */
  ignoreRest(options: { photoId: string; actor: string; reason?: IgnoredReason }): Promise<LabelChange>;
  /**
   * The person is on the photo, whether or not a face shows it: from behind, cut off, too small. Counts in searches and in people's photos
   * as a face does, once however often it is said; a face of the person that is found later changes nothing about it. Throws NotFoundError
   * (PHOTO_NOT_FOUND, PERSON_NOT_FOUND).
   *
   * @example
   * ```ts
   * await library.labels.confirmPhoto({ photoId, personId, actor: 'mia' });
   * ```
   */
  confirmPhoto(options: { photoId: string; personId: string; actor: string }): Promise<LabelChange>;
  /**
   * Takes back what `confirmPhoto` said. Labels of faces stay.
   *
   * @example
   * ```ts
   * await library.labels.clearPhoto({ photoId, personId, actor: 'mia' });
   * ```
   */
  clearPhoto(options: { photoId: string; personId: string; actor: string }): Promise<LabelChange>;
  /**
   * Takes back every entry of a batch, by a batch that can be undone itself. Throws NotFoundError (EVENT_NOT_FOUND) for an unknown
   * batch and ConflictError (UNDO_CONFLICT) when something of it was changed since, or what it restores contradicts what is known.
   *
   * @example
   * ```ts
   * const { batchId } = await library.review.applyCertain();
   * if (batchId) await library.labels.undo({ batchId, actor: 'mia' });
   * ```
   */
  undo(options: { batchId: string; actor: string }): Promise<LabelChange>;
  /**
   * Journal entries of a face or a person, newest first; 100 unless `limit` (up to 1,000) says otherwise.
   *
   * @example
   * ```ts
   * for (const { createdAt, actor, kind } of await library.labels.history({ faceId, limit: 10 })) console.log(createdAt, actor, kind);
   * ```
   */
  history(options: { faceId?: string; personId?: string; limit?: number }): Promise<IdentityEvent[]>;
  /**
   * What was said, batch by batch, newest first: who, when, about whom, and what it takes back. A page of them; 50 unless `limit` (up to 200) says
   * otherwise.
   *
   * @example
   * ```ts
   * const { items } = await library.labels.batches({ limit: 20 });
   * for (const { actor, faces, people } of items) console.log(actor, faces, people.map(({ displayName }) => displayName));
   * const [last] = items;
   * if (last) await library.labels.undo({ batchId: last.batchId, actor: 'mia' });
   * ```
   */
  batches(options?: { limit?: number; cursor?: string; signal?: AbortSignal }): Promise<Page<IdentityBatch>>;
  /**
   * The journal from `afterSeq` on, oldest first.
   *
   * @example
   * ```ts
   * let seen = 0n;
   * for await (const { seq, kind, faceId } of library.labels.events({ afterSeq: seen })) {
   *   console.log(kind, faceId);
   *   seen = seq;
   * }
   * ```
   */
  events(options?: { afterSeq?: bigint; signal?: AbortSignal }): AsyncIterable<IdentityEvent>;
}
