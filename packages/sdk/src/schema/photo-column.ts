import type { PersonShown, Photo, PhotoToSave, StoredMetadata } from '../model/photos.ts';

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

/** How the facts of a photo follow from what its files say. */
export const FACT_KINDS = {
  /** Said by metadata in a file or beside it: the best reading that says it. */
  metadata: 'first',
  /** Lists that metadata says: all of their entries. */
  words: 'union',
  /** Lists whose entries say which file they are from: those of every reading. */
  entries: 'each',
  /** When it was taken, with everything that explains it: of one reading, since one date must not be explained by the source of another. */
  shot: 'shot',
  /** Where it was taken, with the place in words: of one reading. */
  position: 'position',
  /** Of the file itself, of which a photo may have several. */
  file: 'smallest',
  /** Of the content: any reading is as good, so the last one is kept. */
  content: 'last',
  /** Of the decoded pixels, which not every reading looks at. */
  look: 'last-known',
} as const satisfies Record<string, Fold>;

/** Values of several readings as one. */
export type Fold = 'first' | 'union' | 'each' | 'shot' | 'position' | 'smallest' | 'last' | 'last-known';

type Plain = string | number | boolean | Date | readonly string[] | readonly PersonShown[] | null;

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
