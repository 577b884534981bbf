import { chmod, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { IngestError, type RegionToWrite, readPhotoMetadata, writeFaceRegions } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { TAG } from './support/exif-block.ts';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg, xmpPacket } from './support/test-images.ts';

const STORED: [number, number] = [400, 200];
const ADA = { x: 20, y: 31, width: 50, height: 44 };
const BO = { x: 101, y: 97, width: 61, height: 60 };

function face(name: string, box = ADA, replaces: RegionToWrite['replaces'] = null): RegionToWrite {
  return { name, box, replaces };
}

async function photoWith(orientation: number, path: string): Promise<void> {
  await writeFile(path, await makeJpeg({ exif: { image: { [TAG.orientation]: { short: orientation } } } }, STORED));
}

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];

describe('writeFaceRegions', () => {
  it.each(ORIENTATIONS)('writes what it reads back, at orientation %i, and never the photo', async (orientation) => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(orientation, photo);
    const original = await readFile(photo);
    const written = await writeFaceRegions(photo, { regions: [face('Ada Lovelace'), face('Bø & "Co" <3', BO)], removed: [] });
    expect(written).toMatchObject({ status: 'created', sidecar: `${photo}.xmp`, boxes: [ADA, BO] });
    const read = await readPhotoMetadata(photo);
    expect(read.appliedOrientation).toBe(orientation);
    expect(read.faceRegions?.map(({ name, box, source }) => ({ name, box, source }))).toEqual([
      { name: 'Ada Lovelace', box: ADA, source: 'mwg-rs' },
      { name: 'Bø & "Co" <3', box: BO, source: 'mwg-rs' },
    ]);
    expect(await readFile(photo)).toEqual(original);
    expect((await readdir(folder.path)).toSorted()).toEqual(['x.jpg', 'x.jpg.xmp']);
    expect(await writeFaceRegions(photo, { regions: [face('Ada Lovelace')], removed: [] })).toMatchObject({
      status: 'unchanged',
    });
  });

  it('adds nothing to regions that were drawn on another picture', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(1, photo);
    await writeFaceRegions(photo, { regions: [face('Ada')], removed: [] });
    const sidecar = await readFile(`${photo}.xmp`, 'utf8');
    await writeFile(`${photo}.xmp`, sidecar.replace('400', '900'));
    await expect(writeFaceRegions(photo, { regions: [face('Bo', BO)], removed: [] })).rejects.toMatchObject({
      code: 'SIDECAR_UNREADABLE',
    });
  });

  it.skipIf(!hasPerl)('is read alike by exiftool, in both kinds and at each orientation (needs perl)', async () => {
    await using folder = await temporaryFolder();
    for (const orientation of ORIENTATIONS) {
      const photo = folder.file(`${orientation}.jpg`);
      await photoWith(orientation, photo);
      await writeFaceRegions(photo, { regions: [face('Ada'), face('Bo', BO)], removed: [], keywords: true });
    }
    const output = await exiftool(['-json', '-struct', '-charset', 'utf8', '-ext', 'xmp', folder.path]);
    const files = JSON.parse(output) as ExiftoolRegions[];
    expect(files).toHaveLength(ORIENTATIONS.length);
    for (const file of files) {
      const orientation = Number(/(\d)\.jpg\.xmp$/.exec(file.SourceFile)?.[1]);
      expect(file.RegionInfo.AppliedToDimensions).toEqual({ W: STORED[0], H: STORED[1], Unit: 'pixel' });
      expect(
        file.RegionInfo.RegionList.map(({ Name, Type, Area }) => ({ Name, Type, box: uprightBox(Area, orientation) })),
      ).toEqual([
        { Name: 'Ada', Type: 'Face', box: ADA },
        { Name: 'Bo', Type: 'Face', box: BO },
      ]);
      const microsoft = file.RegionInfoMP.Regions.map(({ PersonDisplayName, Rectangle }) => {
        const [x = 0, y = 0, w = 0, h = 0] = Rectangle.split(',').map(Number);
        return { PersonDisplayName, box: uprightBox({ X: x + w / 2, Y: y + h / 2, W: w, H: h }, orientation) };
      });
      expect(microsoft).toEqual([
        { PersonDisplayName: 'Ada', box: ADA },
        { PersonDisplayName: 'Bo', box: BO },
      ]);
      expect([file.PersonInImage, file.Subject]).toEqual([
        ['Ada', 'Bo'],
        ['Ada', 'Bo'],
      ]);
    }
  });

  it.skipIf(!hasPerl)('leaves every other tag of a sidecar that exiftool wrote as it was (needs perl)', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(6, photo);
    const area = (X: number, Y: number) => `Area={X=${X},Y=${Y},W=0.2,H=0.2,Unit=normalized}`;
    await exiftool([
      '-XMP-dc:Title=Grüße 日本 & <more>',
      '-XMP-dc:Subject=sea',
      '-XMP-dc:Subject=sun',
      '-XMP-xmp:Rating=4',
      '-XMP-crs:Exposure2012=+0.35',
      '-XMP-iptcExt:PersonInImage=Old Name',
      '-XMP-iptcExt:PersonInImage=Somebody Else',
      `-RegionInfo={AppliedToDimensions={W=400,H=200,Unit=pixel},RegionList=[{Name=Old Name,Type=Face,${area(0.3, 0.3)}},{Name=Rex,Type=Pet,${area(0.7, 0.3)}},{Name=Cy,Type=Face,Description=left alone,${area(0.7, 0.7)}}]}`,
      folder.file('x.jpg.xmp'),
    ]);
    await exiftool(['-struct', '-json', folder.file('x.jpg.xmp')]);
    const before = await tagsOf(folder.file('x.jpg.xmp'));
    const [old] = (await readPhotoMetadata(photo)).faceRegions!;
    const drawn = { name: old!.name!, box: old!.box };
    const result = await writeFaceRegions(photo, {
      regions: [face('New Name', { x: 1, y: 2, width: 3, height: 4 }, drawn)],
      removed: [],
    });
    expect(result).toMatchObject({ status: 'updated', boxes: [drawn.box] });
    const after = await tagsOf(folder.file('x.jpg.xmp'));
    const { RegionInfo, RegionInfoMP, PersonInImage, ...rest } = after;
    const { RegionInfo: regionsBefore, PersonInImage: _, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
    expect(RegionInfo).toEqual(JSON.parse(JSON.stringify(regionsBefore).replace('Old Name', 'New Name')));
    expect(PersonInImage).toEqual(['Somebody Else', 'New Name']);
    expect(RegionInfoMP).toMatchObject({ Regions: [{ PersonDisplayName: 'New Name' }] });
  });

  it('renames and removes its own regions, in whatever spelling of RDF they are written', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(1, photo);
    await writeFile(
      folder.file('x.xmp'),
      xmpPacket(`<MP:RegionInfo xmlns:MP="http://ns.microsoft.com/photo/1.2/" xmlns:r="http://ns.microsoft.com/photo/1.2/t/RegionInfo#"
        xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"><rdf:Description><r:Regions><rdf:Bag>
        <rdf:li MPReg:Rectangle="0.1, 0.1, 0.25, 0.2" MPReg:PersonDisplayName="Ada"/>
        <rdf:li><rdf:Description MPReg:Rectangle="0.5, 0.5, 0.1, 0.1" MPReg:PersonDisplayName="Bo"/></rdf:li>
        </rdf:Bag></r:Regions></rdf:Description></MP:RegionInfo>`),
    );
    const [ada, bo] = (await readPhotoMetadata(photo)).faceRegions!.map(({ name, box }) => ({ name: name!, box }));
    const written = await writeFaceRegions(photo, { regions: [face('Eve', BO, ada!)], removed: [bo!] });
    expect(written).toMatchObject({ status: 'updated', sidecar: folder.file('x.xmp'), boxes: [ada!.box] });
    expect((await readPhotoMetadata(photo)).faceRegions).toMatchObject([{ name: 'Eve', box: ada!.box, file: 'x.xmp' }]);
  });

  it('keeps the keywords up with the names', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(1, photo);
    await writeFile(folder.file('x.jpg.xmp'), xmpPacket('<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>'));
    const keywords = async () => (await readPhotoMetadata(photo)).keywords;
    await writeFaceRegions(photo, { regions: [face('Ada'), face('Bo', BO)], removed: [], keywords: true });
    expect(await keywords()).toEqual(['sea', 'Ada', 'Bo']);
    const [ada, bo] = [
      { name: 'Ada', box: ADA },
      { name: 'Bo', box: BO },
    ];
    await writeFaceRegions(photo, { regions: [face('Eve', ADA, ada)], removed: [bo], keywords: true });
    expect(await keywords()).toEqual(['sea', 'Eve']);
  });

  it('refuses a damaged sidecar, one that changed since the index, and a folder that is not to be written', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(1, photo);
    const edit = { regions: [face('Ada')], removed: [] };
    await expect(writeFaceRegions(photo, { ...edit, indexedMtimeNs: 1n })).rejects.toMatchObject({ code: 'SIDECAR_CHANGED' });
    for (const damaged of ['', 'Dear diary', '<x:xmpmeta><rdf:RDF>', '<a/>']) {
      await writeFile(folder.file('x.jpg.xmp'), damaged);
      await expect(writeFaceRegions(photo, edit)).rejects.toMatchObject({ code: 'SIDECAR_UNREADABLE' });
      expect(await readFile(folder.file('x.jpg.xmp'), 'utf8')).toBe(damaged);
    }
    expect(await readdir(folder.path)).toHaveLength(2);
  });

  it.skipIf(process.getuid?.() === 0)('says when it may not write (needs a user who is not root)', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(1, photo);
    await chmod(folder.path, 0o500);
    const refusal = await writeFaceRegions(photo, { regions: [face('Ada')], removed: [] }).catch((error: unknown) => error);
    await chmod(folder.path, 0o700);
    expect(IngestError.isInstance(refusal) && refusal.code).toBe('SIDECAR_NOT_WRITABLE');
    expect(await readdir(folder.path)).toEqual(['x.jpg']);
  });

  it('tells in a dry run what it would do', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await photoWith(1, photo);
    const long = new Date('2020-01-01T00:00:00Z');
    await utimes(photo, long, long);
    const { mtimeNs, ...result } = await writeFaceRegions(photo, { regions: [face('Ada')], removed: [], dryRun: true });
    expect(result).toEqual({ status: 'created', sidecar: `${photo}.xmp`, boxes: [ADA] });
    expect(mtimeNs).toBe((await stat(photo, { bigint: true })).mtimeNs);
    expect(await readdir(folder.path)).toEqual(['x.jpg']);
  });
});

interface ExiftoolRegions {
  SourceFile: string;
  RegionInfo: {
    AppliedToDimensions: unknown;
    RegionList: { Name: string; Type: string; Area: Area }[];
  };
  RegionInfoMP: { Regions: { PersonDisplayName: string; Rectangle: string }[] };
  PersonInImage: string[];
  Subject: string[];
}

interface Area {
  X: number;
  Y: number;
  W: number;
  H: number;
}

/** Where an area of the stored picture is once it was turned upright, worked out corner by corner. */
function uprightBox({ X, Y, W, H }: Area, orientation: number) {
  const [width, height] = STORED;
  const corners = [
    [(X - W / 2) * width, (Y - H / 2) * height],
    [(X + W / 2) * width, (Y + H / 2) * height],
  ].map(([x = 0, y = 0]) => {
    const [right, bottom] = [width - x, height - y];
    return [
      [x, y],
      [right, y],
      [right, bottom],
      [x, bottom],
      [y, x],
      [bottom, x],
      [bottom, right],
      [y, right],
    ][orientation - 1]!;
  });
  const [left, top] = [0, 1].map((axis) => Math.round(Math.min(...corners.map((corner) => corner[axis]!))));
  const [end, floor] = [0, 1].map((axis) => Math.round(Math.max(...corners.map((corner) => corner[axis]!))));
  return { x: left, y: top, width: end! - left!, height: floor! - top! };
}

async function tagsOf(file: string): Promise<Record<string, unknown>> {
  const [tags] = JSON.parse(await exiftool(['-struct', '-json', '-charset', 'utf8', '-XMP:all', file])) as [
    Record<string, unknown>,
  ];
  const { XMPToolkit: _, ...rest } = tags;
  return rest;
}
