export type LabelSource = 'human_confirmed' | 'model_guess' | 'imported';

/** One change of labels: everything with its `batchId` is undone together. */
export interface LabelChange {
  batchId: string;
  /** How many journal entries it wrote; 0 when nothing had to change. */
  events: number;
}

/** One entry of the append-only journal from which labels, rejections and merges derive. */
export interface IdentityEvent {
  seq: bigint;
  eventId: string;
  batchId: string;
  kind: string;
  faceId: string | null;
  personId: string | null;
  otherPersonId: string | null;
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

export interface Labels {
  /** A person says who it is. `actor` names that person. */
  confirm(options: {
    faceId: string;
    personId: string;
    actor: string;
    allowSamePhoto?: boolean;
    provenance?: Record<string, unknown>;
  }): Promise<LabelChange>;
  confirmMany(options: { faceIds: string[]; personId: string; actor: string }): Promise<LabelChange>;
  /** A guess or an import; never over a human confirmation, never a rejected person. */
  apply(options: {
    faceId: string;
    personId: string;
    source: 'model_guess' | 'imported';
    confidence: number;
    provenance: Record<string, unknown>;
    actor?: string;
  }): Promise<LabelChange>;
  /** "Not this person": sticks, and clears the label when it is that person. */
  reject(options: { faceId: string; personId: string; actor: string }): Promise<LabelChange>;
  clear(options: { faceId: string; actor: string }): Promise<LabelChange>;
  /** Sets faces aside for good (strangers), or takes them back with `ignored: false`. */
  ignore(options: { faceIds: string[]; actor: string; ignored?: boolean }): Promise<LabelChange>;
  /** Takes back every entry of a batch. Throws ConflictError (UNDO_CONFLICT) when later changes build on it. */
  undo(options: { batchId: string; actor: string }): Promise<LabelChange>;
  /** Journal entries of a face or a person, newest first. */
  history(options: { faceId?: string; personId?: string; limit?: number }): Promise<IdentityEvent[]>;
  /** The journal from `afterSeq` on, oldest first. */
  events(options?: { afterSeq?: bigint; signal?: AbortSignal }): AsyncIterable<IdentityEvent>;
}
