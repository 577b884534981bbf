/**
 * Folders that hold copies, trash or machine data, never a person's originals. Names that start with a dot (`.photoorg`, `.thumbnails`,
 * `.Trash-1000`, `._IMG_1.jpg` of macOS) are left out as hidden before this list is asked.
 */
export const IGNORED_FOLDERS: readonly string[] = [
  '@eaDir', // Synology: thumbnails named like the originals
  '#recycle', // Synology, TerraMaster, UGREEN
  '#snapshot', // Synology
  '@tmp', // Synology
  '@sharebin', // Synology
  '@Recycle', // QNAP
  '@Recently-Snapshot', // QNAP
  '@Transcode', // QNAP: films and pictures made smaller
  'Network Trash Folder', // Netatalk, on many NAS
  'Temporary Items', // Netatalk
  'trashbox', // Buffalo
  '_NAS_Recycle_', // Thecus
  '~snapshot', // NetApp
  '$RECYCLE.BIN', // Windows
  'RECYCLER', // Windows XP
  'System Volume Information', // Windows
  'lost+found', // ext4
  '__MACOSX', // macOS zip archives: resource forks
];

const ignoredFolders = new Set(IGNORED_FOLDERS.map((name) => name.toLowerCase()));

/** Nextcloud's own folder, with a preview of every picture: `appdata_` and the instance. */
const NEXTCLOUD_DATA = /^appdata_oc[0-9a-z]{10}$/;

/** Whether a folder of this name is never walked. Systems that do not tell cases apart write them in any. */
export function isIgnoredFolder(name: string): boolean {
  return ignoredFolders.has(name.toLowerCase()) || NEXTCLOUD_DATA.test(name);
}

/** Whether a file or folder of this name is hidden. */
export function isHidden(name: string): boolean {
  return name.startsWith('.');
}

/** Where Picasa keeps what it knows of the photos of a folder; newer versions hide it. */
export const PICASA_INI: readonly string[] = ['.picasa.ini', '.Picasa.ini', 'Picasa.ini', 'picasa.ini'];
