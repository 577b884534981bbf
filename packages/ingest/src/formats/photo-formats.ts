/** What a camera keeps of its sensor's data before it makes a picture of it. */
export type RawFormat =
  | 'dng'
  | 'crw'
  | 'cr2'
  | 'cr3'
  | 'nef'
  | 'arw'
  | 'raf'
  | 'rw2'
  | 'orf'
  | 'pef'
  | 'mrw'
  | 'srw'
  | '3fr'
  | 'iiq';

/** The image formats that ingest knows. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'heic' | 'avif' | 'tiff' | 'gif' | 'bmp' | 'jxl' | RawFormat;

/** Extensions of RAW formats that ingest knows by name alone; exiftool reads them. */
export const EXIFTOOL_RAW_EXTENSIONS: readonly string[] = [
  'x3f', // Sigma
  'erf', // Epson
  'kdc', // Kodak
  'dcr',
  'k25',
  'mef', // Mamiya
  'mos', // Leaf
  'srf', // Sony, before ARW
  'arq', // Sony, several shots in one
  'crm', // Canon, film
  'rwz', // Rawzor
];

/** Extensions of films; exiftool reads them. `.ts` is left out: such files are mostly programs. */
export const EXIFTOOL_FILM_EXTENSIONS: readonly string[] = [
  ...['mp4', 'mov', 'm4v', 'qt', 'mqv', '3gp', '3gpp', '3g2', 'insv', 'lrv', '360'],
  ...['avi', 'divx', 'mts', 'm2ts', 'm2t', 'mpg', 'mpeg', 'mkv', 'webm', 'wmv', 'asf', 'mxf', 'dv', 'flv', 'tod'],
];

const EXIFTOOL_EXTENSIONS: ReadonlySet<string> = new Set([
  ...EXIFTOOL_RAW_EXTENSIONS,
  ...EXIFTOOL_FILM_EXTENSIONS,
  // Pictures from editors.
  ...['psd', 'psb', 'jp2', 'jpf', 'jpx', 'j2k', 'jxr', 'wdp', 'hdp'],
]);

/** The MIME type and the extensions of each format. RAW formats have no registered types; these are exiftool's. */
const FORMATS: Readonly<Record<PhotoFormat, { mime: string; extensions: readonly string[] }>> = {
  // MPO and INSP, of several pictures and of all-round cameras, begin with the JPEG that is shown.
  jpeg: { mime: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif', 'pjpeg', 'mpo', 'insp'] },
  png: { mime: 'image/png', extensions: ['png', 'apng'] },
  webp: { mime: 'image/webp', extensions: ['webp'] },
  heic: { mime: 'image/heic', extensions: ['heic', 'heif', 'hif', 'heics', 'heifs'] },
  avif: { mime: 'image/avif', extensions: ['avif', 'avifs'] },
  tiff: { mime: 'image/tiff', extensions: ['tif', 'tiff'] },
  gif: { mime: 'image/gif', extensions: ['gif'] },
  bmp: { mime: 'image/bmp', extensions: ['bmp', 'dib'] },
  jxl: { mime: 'image/jxl', extensions: ['jxl'] },
  dng: { mime: 'image/x-adobe-dng', extensions: ['dng', 'gpr'] },
  crw: { mime: 'image/x-canon-crw', extensions: ['crw'] },
  cr2: { mime: 'image/x-canon-cr2', extensions: ['cr2'] },
  cr3: { mime: 'image/x-canon-cr3', extensions: ['cr3'] },
  nef: { mime: 'image/x-nikon-nef', extensions: ['nef', 'nrw'] },
  arw: { mime: 'image/x-sony-arw', extensions: ['arw', 'sr2'] },
  raf: { mime: 'image/x-fujifilm-raf', extensions: ['raf'] },
  rw2: { mime: 'image/x-panasonic-rw2', extensions: ['rw2', 'rwl'] },
  orf: { mime: 'image/x-olympus-orf', extensions: ['orf', 'ori'] },
  pef: { mime: 'image/x-pentax-pef', extensions: ['pef'] },
  mrw: { mime: 'image/x-minolta-mrw', extensions: ['mrw'] },
  srw: { mime: 'image/x-samsung-srw', extensions: ['srw'] },
  '3fr': { mime: 'image/x-hasselblad-3fr', extensions: ['3fr', 'fff'] },
  iiq: { mime: 'image/x-raw', extensions: ['iiq'] },
};

const BY_EXTENSION: ReadonlyMap<string, PhotoFormat> = new Map(
  Object.entries(FORMATS).flatMap(([format, { extensions }]) =>
    extensions.map((extension) => [extension, format as PhotoFormat] as const),
  ),
);

/** RAW formats that are TIFF files with a maker's own sense of some tags. */
const TIFF_RAW_FORMATS: ReadonlySet<PhotoFormat> = new Set([
  'dng',
  'cr2',
  'nef',
  'arw',
  'rw2',
  'orf',
  'pef',
  'srw',
  '3fr',
  'iiq',
]);

/** RAW formats with containers of their own. */
const OTHER_RAW_FORMATS: ReadonlySet<PhotoFormat> = new Set(['crw', 'cr3', 'raf', 'mrw']);

export function mimeOf(format: PhotoFormat): string {
  return FORMATS[format].mime;
}

/** The extension that files with a MIME type have; empty for one that no format here has. */
export function extensionOfMime(mime: string): string {
  return Object.values(FORMATS).find((format) => format.mime === mime)?.extensions[0] ?? '';
}

/** The format that a lower-case extension promises. */
export function formatOfExtension(extension: string): PhotoFormat | null {
  return BY_EXTENSION.get(extension) ?? null;
}

/** Whether a lower-case extension promises a photo or film that ingest has no reader of its own for. */
export function isReadByExiftool(extension: string): boolean {
  return EXIFTOOL_EXTENSIONS.has(extension);
}

export function isTiffRaw(format: PhotoFormat): boolean {
  return TIFF_RAW_FORMATS.has(format);
}

/** Whether a format holds the sensor's data, so that only an embedded preview can be shown. */
export function isRaw(format: PhotoFormat): boolean {
  return isTiffRaw(format) || OTHER_RAW_FORMATS.has(format);
}

/** The lower-case extensions of RAW files. */
export const RAW_EXTENSIONS: readonly string[] = [...BY_EXTENSION].flatMap(([extension, format]) =>
  isRaw(format) ? [extension] : [],
);
