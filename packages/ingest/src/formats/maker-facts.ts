import type { ByteSource } from '../files/byte-source.ts';
import { readCanonIso } from './canon-iso.ts';
import { type Maker, type MakerNote, openMakerNote } from './maker-note.ts';
import { lookUp, lookUpDirectory } from './tiff-lookup.ts';

/** Where each maker writes the lens in words; Olympus in a directory of equipment. */
const LENS_TAGS: Readonly<Record<Maker, { parent: number | null; tag: number }>> = {
  canon: { parent: null, tag: 0x0095 },
  olympus: { parent: 0x2010, tag: 0x0203 },
  panasonic: { parent: null, tag: 0x0051 },
};

/** Editors that move a maker note break its offsets; what they lead to is rarely text, and never names a focal length. */
const LENS_NAME = /^[ -~]*\d[ -~]*$/;

/** What a maker note tells that EXIF may lack; null for what it does not tell. */
export interface MakerFacts {
  /** EXIF has had a tag for the lens since 2010; cameras of the years before tell it here alone. */
  lens: string | null;
  iso: number | null;
}

/**
 * What a maker note tells.
 *
 * @param tiff the TIFF structure as the camera wrote it, because offsets in notes count from its beginning
 */
export async function readMakerFacts(tiff: ByteSource): Promise<MakerFacts> {
  const note = await openMakerNote(tiff);
  if (note === null) return { lens: null, iso: null };
  return { lens: await readLens(note), iso: note.maker === 'canon' ? await readCanonIso(note) : null };
}

async function readLens({ maker, directory, layout }: MakerNote): Promise<string | null> {
  const { parent, tag } = LENS_TAGS[maker];
  const holder = parent === null ? directory : await lookUpDirectory(layout, directory, parent);
  const field = holder && (await lookUp(layout, holder, tag));
  const name = field?.value.toString('latin1').split('\0')[0]?.trim() ?? '';
  return LENS_NAME.test(name) ? name : null;
}
