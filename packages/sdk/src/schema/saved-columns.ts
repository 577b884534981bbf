import type { PhotoToSave } from '../model/photos.ts';
import { FACT_KINDS, type FactKind, type Fold } from './photo-column.ts';
import { PHOTO_COLUMNS, type SavedColumnName } from './photo-columns.ts';

/** A column that comes from a scanned file. */
interface SavedColumn {
  readonly name: SavedColumnName;
  readonly fact: FactKind;
  readonly fold: Fold;
  readonly prepare: (photo: PhotoToSave) => unknown;
}

export const savedColumns: readonly SavedColumn[] = Object.entries(PHOTO_COLUMNS).flatMap(([name, column]) => {
  if (!('save' in column)) return [];
  const { from, fact } = column;
  const save = column.save as (value: PhotoToSave[typeof from], photo: PhotoToSave) => unknown;
  return [
    { name: name as SavedColumnName, fact, fold: FACT_KINDS[fact], prepare: (photo: PhotoToSave) => save(photo[from], photo) },
  ];
});
