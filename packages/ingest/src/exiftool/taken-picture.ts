/** A JPEG that was taken out of a photo or film. */
export interface TakenPicture {
  /** Of the file it comes from, for messages. */
  name: string;
  jpeg: Uint8Array;
  /** The EXIF orientation 1..8 to give its pixels as they are stored. */
  orientation: number;
}
