/** A photo among its likes. */
export interface DuplicatePhoto {
  photoId: string;
  /** Absolute paths of its files that are there, for people. */
  paths: string[];
  width: number;
  height: number;
  filesize: number;
  /** `YYYY-MM-DDTHH:mm:ss[.fff]`. */
  shotLocal: string | null;
  /** Bits, of 64, in which its perceptual hash differs from that of the group's first photo; 0 for that one. */
  distance: number;
}

export interface DuplicateGroup {
  /**
   * `exact`: one content in several files. `near`: copies of one picture, resized, recompressed or lightly edited. `burst`: one scene,
   * taken within seconds.
   */
  kind: 'exact' | 'near' | 'burst';
  /** In a sentence. */
  reason: string;
  /** Copies: the largest first. A burst: in the order of its shots. */
  photos: DuplicatePhoto[];
}

/** Photos that are there more than once. Nothing is ever removed. */
export interface Duplicates {
  /**
   * The groups of all photos that are not missing: exact ones, then near ones, then bursts, each in the order of the first file. 50,000
   * photos took five seconds, on two cores that had six times as much to do.
   *
   * @example
   * ```ts
   * for (const { kind, reason, photos } of await library.duplicates.find({ kinds: ['exact', 'near'] })) {
   *   console.log(kind, reason, photos.map(({ paths }) => paths[0]));
   * }
   * ```
   */
  find(options?: { kinds?: readonly DuplicateGroup['kind'][]; signal?: AbortSignal }): Promise<DuplicateGroup[]>;
}
