import type { ByteSource } from '../files/byte-source.ts';
import { type Maker, openMakerNote } from './maker-note.ts';
import { lookUp, lookUpDirectory } from './tiff-lookup.ts';

/** Where each maker writes the lens in words; Olympus in a directory of equipment. */
const LENS_TAGS: Readonly<Record<Maker, { parent: number | null; tag: number }>> = {
  canon: { parent: null, tag: 0x0095 },
  olympus: { parent: 0x2010, tag: 0x0203 },
  panasonic: { parent: null, tag: 0x0051 },
};

/** Editors that move a maker note break its offsets; what they lead to is rarely text, and never names a focal length. */
const LENS_NAME = /^[ -~]*\d[ -~]*$/;

/**
 * The lens that a maker note names; null when it names none. EXIF has had a tag for the lens since 2010; cameras of the years before tell it here alone.
 *
 * @param tiff the TIFF structure as the camera wrote it, because offsets in notes count from its beginning
 */
export async function readMakerLens(tiff: ByteSource): Promise<string | null> {
  const note = await openMakerNote(tiff);
  if (note === null) return null;
  const { parent, tag } = LENS_TAGS[note.maker];
  const directory = parent === null ? note.directory : await lookUpDirectory(note.layout, note.directory, parent);
  const field = directory && (await lookUp(note.layout, directory, tag));
  const name = field?.value.toString('latin1').split('\0')[0]?.trim() ?? '';
  return LENS_NAME.test(name) ? name : null;
}
