import type { PhotoToSave } from '../model/photos.ts';
import { FACT_KINDS, type FactKind, type FactRules } from './photo-column.ts';
import { PHOTO_COLUMNS, type SavedColumnName } from './photo-columns.ts';

/** A column that comes from a scanned file, with the rules of what it is a fact of. */
interface SavedColumn extends FactRules {
  readonly name: SavedColumnName;
  readonly fact: FactKind;
  readonly prepare: (photo: PhotoToSave) => unknown;
}

export const savedColumns: readonly SavedColumn[] = Object.entries(PHOTO_COLUMNS).flatMap(([name, column]) => {
  if (!('save' in column)) return [];
  const { from, fact } = column;
  const save = column.save as (value: PhotoToSave[typeof from], photo: PhotoToSave) => unknown;
  return [
    { name: name as SavedColumnName, fact, ...FACT_KINDS[fact], prepare: (photo: PhotoToSave) => save(photo[from], photo) },
  ];
});
