import type { DatabaseSync } from 'node:sqlite';
import type { NamedFace, PhotosAsset } from './photos-asset.ts';
import { correctedTime } from './photos-time.ts';

/** Rows of one photo that are read: faces of a crowd, keywords of a stock agency. */
const MAX_ROWS = 500;

/** Longest text that is taken from a column. */
const MAX_CHARACTERS = 32 * 1024;

/** `ZDETECTEDFACE.ZDETECTIONTYPE` of dogs and cats, since macOS 14. */
const PETS = [3, 4];

type Row = Record<string, unknown>;

/**
 * Reads what `Photos.sqlite` says of an original, by its UUID. Apple documents none of it, and every macOS has other columns: a table or column that is
 * not there says nothing. What is known of them was collected by https://github.com/RhetTbull/osxphotos and https://theforensicscooter.com.
 *
 * @returns null for a UUID that the library does not know
 * @throws whatever SQLite throws for a database that is damaged, or is no library of Photos
 */
export function assetReader(database: DatabaseSync): (uuid: string) => PhotosAsset | null {
  const schema = readSchema(database);
  // Until macOS 10.15, and since.
  const table = schema.has('ZASSET') ? 'ZASSET' : 'ZGENERICASSET';
  const ids = new Map<string, number>();
  for (const { id, uuid } of database.prepare(`SELECT Z_PK AS id, ZUUID AS uuid FROM ${table}`).iterate())
    ids.set(String(uuid), Number(id));
  const ofAsset = database.prepare(assetQuery(schema, table));
  const faces = facesQuery(schema);
  const ofFaces = faces === null ? null : database.prepare(faces);
  const keywords = keywordsQuery(schema);
  const ofKeywords = keywords === null ? null : database.prepare(keywords);

  return (uuid) => {
    const id = ids.get(uuid);
    const row = id === undefined ? undefined : ofAsset.get(id);
    if (id === undefined || row === undefined) return null;
    return {
      originalName: text(row.originalName),
      title: text(row.title),
      caption: text(row.caption),
      keywords: (ofKeywords?.all(id, MAX_ROWS) ?? []).flatMap((keyword) => text(keyword.title) ?? []),
      // -180, -180 stands for nowhere.
      ...(isLatitude(row.latitude)
        ? { latitude: number(row.latitude), longitude: number(row.longitude) }
        : { latitude: null, longitude: null }),
      correctedTime: correctedTime(number(row.createdAt), number(row.offset), text(row.exifTime)),
      faces: (ofFaces?.all(id, MAX_ROWS) ?? []).flatMap(toFace),
      isEdited: isTrue(row.adjusted),
      isReframed: isTrue(row.adjusted) && !isInFrameOfOriginal(row),
    };
  };
}

/** Columns by table. */
type Schema = ReadonlyMap<string, ReadonlySet<string>>;

function readSchema(database: DatabaseSync): Schema {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)');
  return new Map(
    tables.map(({ name }) => [String(name), new Set(columns.all(String(name)).map((column) => String(column.name)))]),
  );
}

/** The first of some columns that a table has. */
function first(schema: Schema, table: string, alias: string, ...columns: string[]): string {
  const column = columns.find((candidate) => schema.get(table)?.has(candidate));
  return column === undefined ? 'NULL' : `${alias}.${column}`;
}

function assetQuery(schema: Schema, table: string): string {
  const own = (...columns: string[]) => first(schema, table, 'asset', ...columns);
  const more = (...columns: string[]) => first(schema, 'ZADDITIONALASSETATTRIBUTES', 'more', ...columns);
  const caption = first(schema, 'ZASSETDESCRIPTION', 'described', 'ZLONGDESCRIPTION');
  return `
    SELECT ${more('ZORIGINALFILENAME')} AS originalName, ${more('ZTITLE')} AS title, ${caption} AS caption,
      ${own('ZLATITUDE')} AS latitude, ${own('ZLONGITUDE')} AS longitude, ${own('ZDATECREATED')} AS createdAt,
      ${more('ZTIMEZONEOFFSET')} AS offset, ${more('ZEXIFTIMESTAMPSTRING')} AS exifTime,
      ${own('ZADJUSTMENTSSTATE', 'ZHASADJUSTMENTS')} AS adjusted,
      ${own('ZWIDTH')} AS width, ${own('ZHEIGHT')} AS height, ${own('ZORIENTATION')} AS orientation,
      ${more('ZORIGINALWIDTH')} AS originalWidth, ${more('ZORIGINALHEIGHT')} AS originalHeight,
      ${more('ZORIGINALORIENTATION')} AS originalOrientation
    FROM ${table} asset LEFT JOIN ZADDITIONALASSETATTRIBUTES more ON more.ZASSET = asset.Z_PK
      ${caption === 'NULL' ? '' : 'LEFT JOIN ZASSETDESCRIPTION described ON described.Z_PK = more.ZASSETDESCRIPTION'}
    WHERE asset.Z_PK = ?`;
}

/** null where the library keeps no people. */
function facesQuery(schema: Schema): string | null {
  const face = (...columns: string[]) => first(schema, 'ZDETECTEDFACE', 'face', ...columns);
  // Renamed in macOS 14.
  const [asset, person] = [face('ZASSETFORFACE', 'ZASSET'), face('ZPERSONFORFACE', 'ZPERSON')];
  const name = first(schema, 'ZPERSON', 'person', 'ZFULLNAME', 'ZDISPLAYNAME');
  if ([asset, person, name].includes('NULL')) return null;
  return `
    SELECT ${name} AS name, ${face('ZCENTERX')} AS x, ${face('ZCENTERY')} AS y, ${face('ZSIZE')} AS size,
      ${face('ZSOURCEWIDTH')} AS width, ${face('ZSOURCEHEIGHT')} AS height
    FROM ZDETECTEDFACE face JOIN ZPERSON person ON person.Z_PK = ${person}
    WHERE ${asset} = ? AND ${name} <> ''
      AND coalesce(${face('ZHIDDEN')}, 0) = 0 AND coalesce(${face('ZISINTRASH')}, 0) = 0
      AND coalesce(${face('ZDETECTIONTYPE')}, 0) NOT IN (${PETS})
    ORDER BY face.Z_PK LIMIT ?`;
}

/** The table between photos and keywords bears numbers that change with every macOS: `Z_1KEYWORDS` with `Z_1ASSETATTRIBUTES` and `Z_40KEYWORDS`. */
function keywordsQuery(schema: Schema): string | null {
  const [table, columns] = [...schema].find(([name]) => /^Z_\d+KEYWORDS$/.test(name)) ?? [];
  const attributes = [...(columns ?? [])].find((column) => /^Z_\d+ASSETATTRIBUTES$/.test(column));
  const keyword = [...(columns ?? [])].find((column) => /^Z_\d+KEYWORDS$/.test(column));
  if (attributes === undefined || keyword === undefined || !schema.get('ZKEYWORD')?.has('ZTITLE')) return null;
  return `
    SELECT keyword.ZTITLE AS title FROM ZADDITIONALASSETATTRIBUTES more
      JOIN ${table} listed ON listed.${attributes} = more.Z_PK JOIN ZKEYWORD keyword ON keyword.Z_PK = listed.${keyword}
    WHERE more.ZASSET = ? ORDER BY title LIMIT ?`;
}

/** Photos counts from the lower left corner of the upright picture. */
function toFace({ name, x, y, size, width, height }: Row): NamedFace[] {
  const named = text(name);
  const [centreX, fromBottom, share] = [number(x), number(y), number(size)];
  if (named === null) return [];
  const [sourceWidth, sourceHeight] = [number(width), number(height)];
  const foundIn = sourceWidth && sourceHeight ? { width: sourceWidth, height: sourceHeight } : null;
  return [{ name: named, centreX: centreX ?? 0, centreY: 1 - (fromBottom ?? 1), size: share ?? 0, foundIn }];
}

function isInFrameOfOriginal({ width, height, orientation, ...original }: Row): boolean {
  const sides = [width, height].map(number).toSorted();
  const originalSides = [original.originalWidth, original.originalHeight].map(number).toSorted();
  const isTurned = original.originalOrientation != null && original.originalOrientation !== orientation;
  return !isTurned && sides.every((side, index) => side !== null && side > 0 && side === originalSides[index]);
}

function isLatitude(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 90;
}

function isTrue(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, MAX_CHARACTERS) : null;
}
