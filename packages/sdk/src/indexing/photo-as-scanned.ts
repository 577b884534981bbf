import type { FileEntry } from '../model/index-photos.ts';
import type { IndexPlan } from '../model/index-plan.ts';
import type { PhotoToSave } from '../model/photos.ts';
import { hashOfRules } from './hash-of-rules.ts';

/** A scanned photo as it is saved: with the rules that chose its time, and an empty object where its metadata was read and held nothing. */
export function photoAsScanned(file: FileEntry, scanned: PhotoToSave, plan: IndexPlan): PhotoToSave {
  const shot = { ...scanned.shot, rules: hashOfRules(plan.dateRules) };
  return { ...scanned, shot, exif: scanned.exif ?? (plan.exif ? {} : null), file: scanned.file ?? file };
}
