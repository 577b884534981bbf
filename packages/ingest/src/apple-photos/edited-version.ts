import { Buffer } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { toFileEntry } from '../files/walk-files.ts';
import type { LeftOutKind } from '../formats/left-out-kinds.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { UNREADABLE } from './photos-asset.ts';
import type { LibraryPhoto } from './photos-libraries.ts';

/** The rendered picture of an edit, whatever its original is: `resources/renders/A/<UUID>_1_201_a.jpeg`. */
const ENDINGS = ['_1_201_a.jpeg', '_1_201_a.heic'];

/** How such a file is counted, as the renders of Photos are no photos of their own. */
export const EDITED_VERSION: LeftOutKind = { kind: 'edited version in Apple Photos', remedy: null };

/** The file in which a library keeps the edited version of a photo; null where it has none. */
export async function findEditedVersion(root: string, { library, uuid, asset }: LibraryPhoto): Promise<FileEntry | null> {
  if (asset === UNREADABLE || !asset.isEdited) return null;
  for (const ending of ENDINGS) {
    const file = join(library, 'resources', 'renders', uuid.slice(0, 1), `${uuid}${ending}`);
    const stats = await stat(file, { bigint: true }).catch(() => null);
    if (stats?.isFile()) return toFileEntry(root, Buffer.from(relative(root, file)), stats);
  }
  return null;
}
