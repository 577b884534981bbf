import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** As macOS 10.15 and macOS 14 name what photoorg reads; the rest of the two schemas, some eighty tables, is left out. */
export const PHOTOS_SCHEMAS = {
  'macOS 10.15': {
    asset: 'ZGENERICASSET',
    adjusted: 'ZHASADJUSTMENTS',
    faceAsset: 'ZASSET',
    facePerson: 'ZPERSON',
    keyword: 'Z_37KEYWORDS',
    detectionType: '',
  },
  'macOS 14': {
    asset: 'ZASSET',
    adjusted: 'ZADJUSTMENTSSTATE',
    faceAsset: 'ZASSETFORFACE',
    facePerson: 'ZPERSONFORFACE',
    keyword: 'Z_40KEYWORDS',
    detectionType: 'ZDETECTIONTYPE INTEGER DEFAULT 1,',
  },
} as const;

export type PhotosSchema = keyof typeof PHOTOS_SCHEMAS;

export interface TestAsset {
  uuid: string;
  originalName?: string;
  title?: string;
  caption?: string;
  keywords?: string[];
  latitude?: number;
  longitude?: number;
  /** As the wall clock, and minutes east of UTC. */
  shown?: { local: string; offsetMinutes: number };
  /** `YYYY:MM:DD HH:MM:SS` */
  exifTime?: string;
  adjusted?: boolean;
  /** Of what Photos shows, and of the original. */
  size?: [number, number];
  originalSize?: [number, number];
  faces?: { name: string; x: number; y: number; size: number; source?: [number, number] }[];
}

const APPLE_EPOCH = Date.UTC(2001, 0, 1);

/** Writes `database/Photos.sqlite` of a library; the connection is left open, and the latest rows are in its log, until it is closed. */
export async function writePhotosDatabase(
  library: string,
  version: PhotosSchema,
  assets: readonly TestAsset[],
): Promise<DatabaseSync> {
  const file = join(library, 'database', 'Photos.sqlite');
  await mkdir(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  const { asset, adjusted, faceAsset, facePerson, keyword, detectionType } = PHOTOS_SCHEMAS[version];
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE ${asset} (Z_PK INTEGER PRIMARY KEY, ZUUID VARCHAR, ZDATECREATED TIMESTAMP, ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ${adjusted} INTEGER,
      ZWIDTH INTEGER, ZHEIGHT INTEGER, ZORIENTATION INTEGER);
    CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER, ZASSETDESCRIPTION INTEGER, ZORIGINALFILENAME VARCHAR, ZTITLE VARCHAR,
      ZTIMEZONEOFFSET INTEGER, ZEXIFTIMESTAMPSTRING VARCHAR, ZORIGINALWIDTH INTEGER, ZORIGINALHEIGHT INTEGER, ZORIGINALORIENTATION INTEGER);
    CREATE TABLE ZASSETDESCRIPTION (Z_PK INTEGER PRIMARY KEY, ZLONGDESCRIPTION VARCHAR);
    CREATE TABLE ZKEYWORD (Z_PK INTEGER PRIMARY KEY, ZTITLE VARCHAR);
    CREATE TABLE Z_1KEYWORDS (Z_1ASSETATTRIBUTES INTEGER, ${keyword} INTEGER);
    CREATE TABLE ZPERSON (Z_PK INTEGER PRIMARY KEY, ZFULLNAME VARCHAR);
    CREATE TABLE ZDETECTEDFACE (Z_PK INTEGER PRIMARY KEY, ${faceAsset} INTEGER, ${facePerson} INTEGER, ${detectionType} ZHIDDEN INTEGER, ZISINTRASH INTEGER,
      ZCENTERX FLOAT, ZCENTERY FLOAT, ZSIZE FLOAT, ZSOURCEWIDTH INTEGER, ZSOURCEHEIGHT INTEGER);`);
  for (const [index, entry] of assets.entries()) insertAsset(database, version, 100 + index, entry);
  return database;
}

function insertAsset(database: DatabaseSync, version: PhotosSchema, id: number, entry: TestAsset): void {
  const { asset, faceAsset, facePerson } = PHOTOS_SCHEMAS[version];
  const { shown, size = [0, 0], originalSize = size } = entry;
  const offset = shown ? shown.offsetMinutes * 60 : null;
  const createdAt = shown ? (Date.parse(`${shown.local}Z`) - APPLE_EPOCH) / 1000 - shown.offsetMinutes * 60 : null;
  const insert = (table: string, ...values: (string | number | null)[]) =>
    database.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?')})`).run(...values).lastInsertRowid as number;
  const place = [entry.latitude ?? -180, entry.longitude ?? -180];
  insert(asset, id, entry.uuid, createdAt, ...place, Number(entry.adjusted ?? false), ...size, 1);
  const described = entry.caption === undefined ? null : insert('ZASSETDESCRIPTION', null, entry.caption);
  const names = [entry.originalName ?? null, entry.title ?? null];
  const more = insert(
    'ZADDITIONALASSETATTRIBUTES',
    null,
    id,
    described,
    ...names,
    offset,
    entry.exifTime ?? null,
    ...originalSize,
    1,
  );
  for (const keyword of entry.keywords ?? []) insert('Z_1KEYWORDS', more, insert('ZKEYWORD', null, keyword));
  for (const { name, x, y, size: side, source } of entry.faces ?? []) {
    database
      .prepare(
        `INSERT INTO ZDETECTEDFACE (${faceAsset}, ${facePerson}, ZHIDDEN, ZISINTRASH, ZCENTERX, ZCENTERY, ZSIZE, ZSOURCEWIDTH, ZSOURCEHEIGHT)
         VALUES (?, ?, 0, 0, ?, ?, ?, ?, ?)`,
      )
      .run(id, insert('ZPERSON', null, name), x, y, side, ...(source ?? [null, null]));
  }
}

/** Puts a picture where a library keeps the original of that UUID. */
export async function writeOriginal(library: string, uuid: string, content: Uint8Array): Promise<string> {
  const file = join(library, 'originals', uuid.slice(0, 1), `${uuid}.jpeg`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}
