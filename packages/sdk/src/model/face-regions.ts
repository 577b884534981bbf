import type { FaceBox } from './face-box.ts';

/** A face that a person or another program marked in a photo, as its file or a sidecar says. */
export interface FaceRegion {
  /** null for a face without a name. */
  name: string | null;
  /** Pixels of the upright image. */
  box: FaceBox;
  /** Metadata Working Group or Microsoft. */
  source: 'mwg-rs' | 'mp';
  /** Name of the file that says so, in the photo's folder. */
  file: string;
  /** The program that wrote it, as far as it is known. */
  program: string | null;
  /** It was drawn on a picture of another size: this one scaled, unless this is a part of it. */
  isScaled?: boolean;
}
