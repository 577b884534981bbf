/**
 * Folders that hold copies, trash or machine data, never a person's originals. Names that start with a dot (`.photoorg`, `.thumbnails`,
 * `.Trash-1000`, `._IMG_1.jpg` of macOS) are left out as hidden before this list is asked.
 */
export const IGNORED_FOLDERS: readonly string[] = [
  '@eaDir', // Synology: thumbnails named like the originals
  '#recycle', // Synology
  '#snapshot', // Synology
  '@Recycle', // QNAP
  '@Recently-Snapshot', // QNAP
  '$RECYCLE.BIN', // Windows
  'System Volume Information', // Windows
  'lost+found', // ext4
  '__MACOSX', // macOS zip archives: resource forks
];

const ignoredFolders = new Set(IGNORED_FOLDERS);

/** Whether a folder of this name is never walked. */
export function isIgnoredFolder(name: string): boolean {
  return ignoredFolders.has(name);
}

/** Whether a file or folder of this name is hidden. */
export function isHidden(name: string): boolean {
  return name.startsWith('.');
}
