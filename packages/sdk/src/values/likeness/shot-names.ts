/** What phones call the shots of a burst: what they share, and the number of each. */
const BURSTS: readonly RegExp[] = [
  // Samsung: `20200101_120000_001.jpg`
  /^(?<burst>\d{8}_\d{6})_(?<shot>\d{3})\.\w+$/,
  // Huawei, LG, Motorola: `IMG_20200101_120000_BURST001_COVER.jpg`
  /^(?<burst>IMG_\d{8}_\d{6})_BURST(?<shot>\d{1,4})(?:_COVER)?\.\w+$/i,
  // Nexus and Pixel: `00002IMG_00002_BURST20200101120000123_COVER.jpg`
  /^(?<shot>\d{5})IMG_\d{5}_(?<burst>BURST\d{14,17})(?:_COVER)?\.\w+$/,
];

/** How phones call the edited version beside a picture, and what that is called then. */
const EDITS: readonly (readonly [RegExp, string])[] = [
  // iPhones: `IMG_E1234.JPG` beside `IMG_1234.HEIC`
  [/^IMG_E(?=\d{4}$)/, 'IMG_'],
  // Google Photos: `x-edited.jpg` from the cloud, `x~2.jpg` on the phone
  [/(?:-edited|~\d)$/, ''],
];

interface BurstShot {
  readonly burst: string;
  readonly shot: string;
}

/** Which shot of which burst a file is by its name; null for one whose name does not tell. */
function burstShot(path: string): BurstShot | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (const pattern of BURSTS) {
    const { burst, shot } = pattern.exec(name)?.groups ?? {};
    if (burst !== undefined && shot !== undefined) return { burst, shot: String(Number(shot)) };
  }
  return null;
}

/** Whether names tell that two pictures are shots of one burst, which may look the same and show the same second. */
export function areShotsOfOneBurst(a: readonly string[], b: readonly string[]): boolean {
  const others = b.map(burstShot);
  return a.some((path) => {
    const shot = burstShot(path);
    return shot !== null && others.some((other) => other?.burst === shot.burst && other.shot !== shot.shot);
  });
}

/** A path without its extension. */
export function stemOf(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}

/** The path, without its extension, of the picture that a file is the edited version of by its name; null for one whose name does not tell. */
export function editedFrom(path: string): string | null {
  const stem = stemOf(path);
  const slash = stem.lastIndexOf('/') + 1;
  for (const [mark, plain] of EDITS) {
    const name = stem.slice(slash);
    if (mark.test(name)) return stem.slice(0, slash) + name.replace(mark, plain);
  }
  return null;
}
