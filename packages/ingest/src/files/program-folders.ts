/** How another photo program keeps its pictures. */
interface ProgramFolder {
  /** The folder's name, in lower case. */
  readonly name: RegExp;
  /** Folders with the originals, the first that is there; empty where there are none. All else in it is made from them, or no picture. */
  readonly originals?: readonly string[];
  /** What the program makes, where the folder may be anybody's by its name; all else in it is kept. */
  readonly made?: RegExp;
}

const PROGRAM_FOLDERS: readonly ProgramFolder[] = [
  // Apple Photos: `originals` since macOS 10.15, where a library from before keeps its `Masters` as links.
  { name: /\.photoslibrary$/, originals: ['originals', 'Masters'] },
  // iPhoto and Aperture, and what Photos leaves of them when it takes a library over.
  { name: /\.(migrated)?(photolibrary|aplibrary)$/, originals: ['Masters', 'Originals'] },
  { name: /^iphoto library$/, originals: ['Masters', 'Originals'] },
  // Lightroom: previews of JPEG and of lossy DNG, from its catalog and from a phone's.
  { name: /\.lrdata$/, originals: [] },
  // Capture One: a catalog, and the folder that a session puts beside the pictures.
  { name: /\.cocatalog$/, originals: ['Originals'] },
  { name: /^captureone$/, made: /^(cache|settings\d+)$/i },
];

/**
 * Whether a file or folder lies in a folder of another photo program and is none of its originals: a preview, a render, a face's crop. A folder that has
 * the name and none of the folders with originals (an Aperture of before 2011 among them) is a folder as any other.
 *
 * @param folder name of the folder around it
 * @param has whether the folder has something of that name
 */
export function isMadeByProgram(folder: string, name: string, has: (sibling: string) => boolean): boolean {
  const program = PROGRAM_FOLDERS.find((candidate) => candidate.name.test(folder.toLowerCase()));
  if (program === undefined) return false;
  if (program.made) return program.made.test(name);
  if (program.originals?.length === 0) return true;
  const originals = program.originals?.find(has);
  return originals !== undefined && name !== originals;
}
