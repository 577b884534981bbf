import type { MakerFacts } from '../formats/maker-facts.ts';
import type { PhotoBlocks } from '../formats/photo-blocks.ts';
import type { ContainerTimes } from './container-times.ts';
import type { ExifTags } from './read-exif.ts';
import type { IptcTags } from './read-iptc.ts';
import type { XmpTags } from './read-xmp.ts';

/** Everything that a photo file says, decoded and not yet made sense of; whoever read it. */
export interface PhotoContents {
  mime: string;
  /** The picture as it is stored. */
  stored: Pick<PhotoBlocks, 'width' | 'height' | 'obeysExif'>;
  exif: ExifTags;
  xmp: XmpTags;
  iptc: IptcTags | null;
  /** Text of the container by keyword. */
  text: Record<string, string>;
  /** Times that stand in neither EXIF nor XMP. */
  times?: ContainerTimes;
  /** What the maker note of the camera tells. */
  maker: MakerFacts;
  /** All other tags that are worth keeping, by group and name. */
  otherTags?: Record<string, unknown>;
}
