import type { Size } from '../tags/crop-rectangle.ts';

/** What a library of Apple Photos says of one of its originals. */
export interface PhotosAsset {
  /** The name of the file before it was imported; in the library it is called by its UUID. */
  readonly originalName: string | null;
  readonly title: string | null;
  readonly caption: string | null;
  readonly keywords: readonly string[];
  /** Degrees, WGS 84, where it stands on the map of Photos. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** The wall clock that somebody set in Photos, `YYYY-MM-DDTHH:mm:ss+HH:mm`; null where it shows the camera's. */
  readonly correctedTime: string | null;
  readonly faces: readonly NamedFace[];
  /** Whether Photos shows an edited version of it, which the faces are drawn on. */
  readonly isEdited: boolean;
  /** Whether that version has another frame: faces are elsewhere in it, and perhaps cut away. */
  readonly isReframed: boolean;
}

/** A face with a name, in shares of the upright picture. */
export interface NamedFace {
  readonly name: string;
  /** From the left. */
  readonly centreX: number;
  /** From the top. */
  readonly centreY: number;
  /** Of a square around it, as a share of the longer side. */
  readonly size: number;
  /** Pixels of the picture it was found in, either side first; null where the library does not say. */
  readonly foundIn: Size | null;
}

/** Stands for an asset of a library whose database is there, and cannot be read now. */
export const UNREADABLE = 'unreadable';
