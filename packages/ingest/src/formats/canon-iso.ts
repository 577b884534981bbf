import type { MakerNote } from './maker-note.ts';
import { lookUpNumbers } from './tiff-lookup.ts';

/** Directories of whole numbers in Canon's note, and what stands where in them. https://exiftool.org/TagNames/Canon.html */
const CAMERA_SETTINGS = { tag: 0x0001, iso: 16 };
const SHOT_INFO = { tag: 0x0004, autoIso: 1, baseIso: 2 };

/** What the dial was at, by its number. */
const DIAL: Readonly<Record<number, number>> = { 16: 50, 17: 100, 18: 200, 19: 400, 20: 800 };

/** Later cameras give the number itself with this bit; all bits stand for nothing. */
const IS_NUMBER = 0x4000;
const NOTHING = 0x7fff;

/** Canon counts in 32nds of a stop. */
const STEPS_PER_STOP = 32;

/**
 * The ISO of a Canon whose EXIF has none, as PowerShots of the years to 2006: where the dial was at, or the base of the sensor times what the camera made
 * of it. null where the note tells neither.
 */
export async function readCanonIso({ layout, directory }: MakerNote): Promise<number | null> {
  const dial = (await lookUpNumbers(layout, directory, CAMERA_SETTINGS.tag))[CAMERA_SETTINGS.iso] ?? 0;
  if (dial !== NOTHING && dial & IS_NUMBER) return dial & ~IS_NUMBER || null;
  if (DIAL[dial] !== undefined) return DIAL[dial];
  const shot = await lookUpNumbers(layout, directory, SHOT_INFO.tag);
  const [auto, base] = [signed(shot[SHOT_INFO.autoIso]), signed(shot[SHOT_INFO.baseIso])];
  if (auto === null || base === null || base === 0) return null;
  return (2 ** (auto / STEPS_PER_STOP) * (2 ** (base / STEPS_PER_STOP) * 100)) / STEPS_PER_STOP;
}

function signed(number: number | undefined): number | null {
  return number === undefined ? null : (number << 16) >> 16;
}
