import type { Photo, PhotoToSave, StoredMetadata } from '../model/photos.ts';

/** One column of `photos`: where its value comes from, and what a program sees of it. */
export type PhotoColumn = (SavedColumn | KeptColumn) & (ShownColumn | DetailColumn | InternalColumn);

/** Comes from a scanned file. */
type SavedColumn = {
  [From in keyof PhotoToSave]-?: {
    /** The field of `PhotoToSave` that it is made of. */
    readonly from: From;
    /** Makes a value for `jsonb_populate_recordset`: null where metadata is spoilt. Throws InvalidInputError on what cannot be saved. */
    readonly save: (value: PhotoToSave[From], photo: PhotoToSave) => unknown;
    readonly fact: FactKind;
  };
}[keyof PhotoToSave];

/** The library keeps it by itself. */
interface KeptColumn {
  readonly from?: never;
  readonly save?: never;
  readonly fact?: never;
}

/** A program sees it in `Photo`. */
interface ShownColumn {
  readonly field: PhotoField;
  readonly detail?: never;
  /** Makes the field of what the database gives. Default: the same. */
  readonly read?: (stored: never) => unknown;
}

/** Too wide for every list: a program sees it in `StoredMetadata`. */
interface DetailColumn {
  readonly field?: never;
  readonly detail: keyof StoredMetadata;
  readonly read?: (stored: never) => unknown;
}

/** Only queries see it. */
interface InternalColumn {
  readonly field?: never;
  readonly detail?: never;
  /** Its parameter says what the database gives. */
  readonly read: (stored: never) => unknown;
}

/** What a column is a fact of. It decides what becomes of the stored value when another reading says something else. */
export type FactKind = keyof typeof FACT_KINDS;

export interface FactRules {
  /** Of another file of the same content, or of the same file read again. */
  readonly merge:
    | 'add' // its absence says nothing: then the stored value stays
    | 'add-list' // the same of a list, which is absent when it is empty
    | 'replace'
    | 'smallest' // of several files, whatever their order
    | 'shot' // all of the shot time or nothing: one date must not be explained by the source of another
    | 'place'; // stays and goes with the position
  /** Goes when it was taken out of the photo's file. */
  readonly forgotten: boolean;
}

export const FACT_KINDS = {
  /** Said by metadata in the file or beside it. */
  metadata: { merge: 'add', forgotten: true },
  /** Lists that metadata says. */
  words: { merge: 'add-list', forgotten: true },
  /** When it was taken, with everything that explains it. */
  shot: { merge: 'shot', forgotten: true },
  /** Its position in words. */
  place: { merge: 'place', forgotten: true },
  /** Of the content: any reading is as good. */
  content: { merge: 'replace', forgotten: false },
  /** Of the decoded pixels, which not every reading looks at. */
  look: { merge: 'add', forgotten: false },
  /** Of the file itself, of which a photo may have several. */
  file: { merge: 'smallest', forgotten: false },
} as const satisfies Record<string, FactRules>;

type Plain = string | number | boolean | Date | readonly string[] | null;

/** A field of `Photo`, or of an object in it by its path: `exposure.iso`. */
export type PhotoField = {
  [Name in keyof Photo]: Photo[Name] extends Plain ? Name : `${Name}.${keyof Photo[Name] & string}`;
}[keyof Photo];

type FieldValue<Field> = Field extends keyof Photo
  ? Photo[Field]
  : Field extends `${infer Group extends keyof Photo}.${infer Name}`
    ? Photo[Group][Name & keyof Photo[Group]]
    : never;

/** What the database gives for a column. */
export type StoredValue<Column> = Column extends { readonly read: (stored: infer Stored) => unknown }
  ? Stored
  : Column extends { readonly field: infer Field }
    ? FieldValue<Field>
    : Column extends { readonly detail: infer Detail extends keyof StoredMetadata }
      ? StoredMetadata[Detail]
      : never;

/** What a program sees of it. */
export type ReadValue<Column> = Column extends { readonly read: (stored: never) => infer Value } ? Value : StoredValue<Column>;
