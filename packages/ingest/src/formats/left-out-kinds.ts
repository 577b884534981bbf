import { Buffer } from 'node:buffer';
import { EXIFTOOL_FILM_EXTENSIONS, EXIFTOOL_RAW_EXTENSIONS } from './photo-formats.ts';

/** What a file is that a scan meets and does not take as a photo. */
export interface LeftOutKind {
  /** In a word: `film`, `PDF`, `archive`, … */
  readonly kind: string;
  /** The command that has such files read; null where photoorg does not read them. */
  readonly remedy: string | null;
}

interface KnownKind extends LeftOutKind {
  readonly extensions: readonly string[];
  /** A picture, whose name may hide one that is read. */
  readonly isPicture?: true;
  /** How such a file begins: bytes as Latin-1 by their offset, all of them. */
  readonly signatures?: readonly Readonly<Record<number, string>>[];
}

const WITH_EXIFTOOL = 'photoorg ingest --exiftool';

/** What no list here names. */
const OTHER: LeftOutKind = { kind: 'other', remedy: null };

/** Files that speak of photos and are read with them. */
const SIDECAR_EXTENSIONS: ReadonlySet<string> = new Set(['xmp', 'json', 'aae', 'thm']);

const KINDS: readonly KnownKind[] = [
  {
    kind: 'film',
    remedy: WITH_EXIFTOOL,
    extensions: EXIFTOOL_FILM_EXTENSIONS,
    signatures: [
      ...[
        'qt  ',
        'isom',
        'iso2',
        'iso4',
        'iso5',
        'iso6',
        'mp41',
        'mp42',
        'avc1',
        'M4V ',
        'M4VH',
        'M4VP',
        'MSNV',
        'dash',
        '3gp4',
        '3gp5',
        '3gp6',
        '3g2a',
        'XAVC',
      ].map((brand) => ({ 4: `ftyp${brand}` })),
      { 4: 'moov' },
      { 4: 'wide' },
      { 0: 'RIFF', 8: 'AVI ' },
      { 0: '\x1a\x45\xdf\xa3' }, // Matroska, WebM
      { 0: '\x30\x26\xb2\x75\x8e\x66\xcf\x11' }, // ASF, WMV
      { 0: '\0\0\x01\xba' }, // MPEG
      { 0: '\0\0\x01\xb3' },
      { 0: 'FLV\x01' },
    ],
  },
  {
    kind: 'film',
    remedy: null,
    extensions: ['vob', 'ogv', 'ogm', 'rm', 'rmvb', 'm1v', 'm2v', 'f4v', 'swf', 'amv', 'mjpg', 'mjpeg', 'r3d', 'braw'],
  },
  { kind: 'RAW', remedy: WITH_EXIFTOOL, extensions: EXIFTOOL_RAW_EXTENSIONS, isPicture: true, signatures: [{ 0: 'FOVb' }] },
  {
    kind: 'RAW',
    remedy: null,
    extensions: ['cap', 'eip', 'ptx', 'pxn', 'bay', 'dcs', 'drf', 'obm', 'cs1', 'sti', 'qtk', 'kc2', 'ari', 'mdc', 'ia'],
    isPicture: true,
  },
  { kind: 'Photoshop', remedy: WITH_EXIFTOOL, extensions: ['psd', 'psb'], isPicture: true, signatures: [{ 0: '8BPS' }] },
  {
    kind: 'JPEG 2000',
    remedy: WITH_EXIFTOOL,
    extensions: ['jp2', 'jpf', 'jpx', 'j2k'],
    isPicture: true,
    signatures: [{ 4: 'jP  \r\n\x87\n' }, { 0: '\xff\x4f\xff\x51' }],
  },
  { kind: 'JPEG 2000', remedy: null, extensions: ['j2c', 'jpc', 'jpm', 'mj2', 'jph'], isPicture: true },
  { kind: 'JPEG XR', remedy: WITH_EXIFTOOL, extensions: ['jxr', 'wdp', 'hdp'], isPicture: true, signatures: [{ 0: 'II\xbc' }] },
  { kind: 'SVG', remedy: null, extensions: ['svg', 'svgz'], isPicture: true, signatures: [{ 0: '<svg' }] },
  {
    kind: 'EPS',
    remedy: null,
    extensions: ['eps', 'epsf', 'ps'],
    isPicture: true,
    signatures: [{ 0: '%!PS' }, { 0: '\xc5\xd0\xd3\xc6' }],
  },
  { kind: 'Illustrator', remedy: null, extensions: ['ai', 'ait'], isPicture: true },
  { kind: 'PDF', remedy: null, extensions: ['pdf'], isPicture: true, signatures: [{ 0: '%PDF-' }] },
  {
    kind: 'icon',
    remedy: null,
    extensions: ['ico', 'cur', 'icns', 'ani'],
    isPicture: true,
    signatures: [{ 0: '\0\0\x01\0' }, { 0: 'icns' }],
  },
  { kind: 'TGA', remedy: null, extensions: ['tga', 'icb', 'vda', 'vst'], isPicture: true },
  {
    kind: 'DDS',
    remedy: null,
    extensions: ['dds', 'ktx', 'ktx2'],
    isPicture: true,
    signatures: [{ 0: 'DDS ' }, { 0: '\xabKTX ' }],
  },
  { kind: 'OpenEXR', remedy: null, extensions: ['exr'], isPicture: true, signatures: [{ 0: '\x76\x2f\x31\x01' }] },
  {
    kind: 'Radiance HDR',
    remedy: null,
    extensions: ['hdr', 'rgbe', 'pfm'],
    isPicture: true,
    signatures: [{ 0: '#?RADIANCE' }, { 0: '#?RGBE' }],
  },
  { kind: 'Netpbm', remedy: null, extensions: ['pbm', 'pgm', 'ppm', 'pnm', 'pam'], isPicture: true },
  {
    kind: 'editor project',
    remedy: null,
    extensions: [
      'xcf',
      'kra',
      'ora',
      'clip',
      'afphoto',
      'afdesign',
      'pdn',
      'sketch',
      'procreate',
      'cdr',
      'indd',
      'xd',
      'cpt',
      'psp',
      'pspimage',
    ],
    isPicture: true,
    signatures: [{ 0: 'gimp xcf' }],
  },
  {
    kind: 'other picture',
    remedy: null,
    extensions: [
      'pcx',
      'wmf',
      'emf',
      'pict',
      'pct',
      'xbm',
      'xpm',
      'sgi',
      'rgb',
      'ras',
      'qoi',
      'flif',
      'bpg',
      'fits',
      'fit',
      'dcm',
      'djvu',
      'djv',
      'jng',
      'mng',
      'wbmp',
      'cin',
      'dpx',
      'iff',
      'lbm',
      'sid',
      'ecw',
    ],
    isPicture: true,
    signatures: [{ 0: 'qoif' }, { 0: 'SIMPLE  =' }, { 0: 'AT&TFORM' }],
  },
  {
    kind: 'archive',
    remedy: null,
    extensions: [
      'zip',
      'tar',
      'gz',
      'tgz',
      'bz2',
      'tbz',
      'xz',
      'txz',
      'zst',
      '7z',
      'rar',
      'cab',
      'iso',
      'dmg',
      'img',
      'jar',
      'lz4',
      'cbz',
      'cbr',
    ],
    signatures: [
      { 0: 'PK\x03\x04' },
      { 0: '\x1f\x8b\x08' },
      { 0: '7z\xbc\xaf\x27\x1c' },
      { 0: 'Rar!\x1a' },
      { 0: 'BZh' },
      { 0: '\xfd7zXZ' },
    ],
  },
  {
    kind: 'sound',
    remedy: null,
    extensions: [
      'mp3',
      'wav',
      'm4a',
      'm4b',
      'flac',
      'ogg',
      'oga',
      'opus',
      'aac',
      'wma',
      'amr',
      'aif',
      'aiff',
      'caf',
      'mid',
      'midi',
      'ape',
    ],
    signatures: [{ 0: 'ID3' }, { 0: 'RIFF', 8: 'WAVE' }, { 0: 'OggS' }, { 0: 'fLaC' }, { 4: 'ftypM4A ' }, { 0: '#!AMR' }],
  },
  {
    ...OTHER,
    extensions: [
      ...[
        'txt',
        'md',
        'rtf',
        'doc',
        'docx',
        'odt',
        'xls',
        'xlsx',
        'ods',
        'csv',
        'tsv',
        'ppt',
        'pptx',
        'odp',
        'pages',
        'numbers',
        'key',
        'epub',
      ],
      ...[
        'htm',
        'html',
        'xml',
        'css',
        'js',
        'ts',
        'py',
        'sh',
        'bat',
        'exe',
        'dll',
        'so',
        'ini',
        'cfg',
        'conf',
        'log',
        'yml',
        'yaml',
        'toml',
      ],
      ...[
        'db',
        'sqlite',
        'sqlite3',
        'lrcat',
        'lrprev',
        'dat',
        'bin',
        'cache',
        'tmp',
        'part',
        'crdownload',
        'download',
        'bak',
        'lnk',
        'url',
        'webloc',
        'ics',
        'vcf',
        'eml',
        'gpx',
        'kml',
        'kmz',
        'fcpbundle',
        'm3u',
        'srt',
        'torrent',
        'ttf',
        'otf',
        'woff',
        'woff2',
      ],
    ],
  },
];

const BY_EXTENSION: ReadonlyMap<string, KnownKind> = new Map(
  KINDS.flatMap((kind) => kind.extensions.map((extension) => [extension, kind] as const)),
);

/** What a lower-case extension promises that is no photo; null for one that nothing is known of. */
export function leftOutKindOf(extension: string): KnownKind | null {
  return BY_EXTENSION.get(extension) ?? null;
}

/** What a file is that begins like this, and like no photo. */
export function sniffLeftOutKind(head: Uint8Array): LeftOutKind {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const begins = (bytes: Readonly<Record<number, string>>) =>
    Object.entries(bytes).every(([at, part]) => text.startsWith(part, Number(at)));
  const { kind, remedy } = KINDS.find(({ signatures = [] }) => signatures.some(begins)) ?? OTHER;
  return { kind, remedy };
}

/** Whether a file of this extension is read with the photos that it speaks of. */
export function isReadWithPhotos(extension: string): boolean {
  return SIDECAR_EXTENSIONS.has(extension);
}
