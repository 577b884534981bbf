import { Buffer } from 'node:buffer';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type Exiftool, openExiftool, writeFaceRegions } from '@photoorg/ingest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPerl } from './support/exiftool.ts';
import { makeFilm } from './support/film-file.ts';
import { FILM_TIME } from './support/film-with-words.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';

const ADA = { name: 'Ada', box: { x: 10, y: 10, width: 20, height: 20 } };
const BO = { name: 'Bo', box: { x: 50, y: 10, width: 20, height: 20 } };

const RDF = 'xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';

/** A packet with a property that no program knows. */
function packet(property: string): string {
  return `<x:xmpmeta ${RDF}><rdf:Description rdf:about="" xmlns:acme="http://acme.example/1/">
    <acme:secret>${property}</acme:secret></rdf:Description></rdf:RDF></x:xmpmeta>`;
}

describe.skipIf(!hasPerl)('writeFaceRegions with exiftool (needs perl)', () => {
  let exiftool: Exiftool;
  beforeAll(async () => {
    exiftool = await openExiftool();
  });
  afterAll(async () => {
    await exiftool[Symbol.asyncDispose]();
  });

  const regions = [ADA, BO].map((region) => ({ ...region, replaces: null }));

  it.each([
    { desc: 'without a single property', sidecar: Buffer.from(`<x:xmpmeta ${RDF}/></x:xmpmeta>`), secret: undefined },
    { desc: 'that is empty', sidecar: Buffer.alloc(0), secret: undefined },
    {
      desc: 'with letters of another alphabet',
      sidecar: Buffer.from(packet('caf\xe9'), 'latin1'),
      secret: expect.stringMatching(/^caf/),
    },
  ])('edits a sidecar $desc, which is refused otherwise', async ({ sidecar, secret }) => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await writeFile(photo, await makeJpeg());
    await writeFile(`${photo}.xmp`, sidecar);
    const original = await readFile(photo);
    await expect(writeFaceRegions(photo, { regions, removed: [] })).rejects.toMatchObject({ code: 'SIDECAR_UNREADABLE' });

    const written = await writeFaceRegions(photo, { regions, removed: [], exiftool });
    expect(written).toMatchObject({ status: 'updated', sidecar: `${photo}.xmp`, boxes: [ADA.box, BO.box] });
    const tags = await exiftool.read(`${photo}.xmp`);
    expect(tags).toMatchObject({
      'XMP-mwg-rs:RegionInfo': { RegionList: [{ Name: 'Ada', Type: 'Face' }, { Name: 'Bo' }] },
      'XMP-MP:RegionInfoMP': { Regions: [{ PersonDisplayName: 'Ada' }, { PersonDisplayName: 'Bo' }] },
      'XMP-iptcExt:PersonInImage': ['Ada', 'Bo'],
    });
    expect(tags['XMP-acme:Secret']).toEqual(secret);
    expect(await readFile(photo)).toEqual(original);
    expect((await readdir(folder.path)).toSorted()).toEqual(['x.jpg', 'x.jpg.xmp']);
  });

  it('renames a region and takes one away in such a sidecar', async () => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await writeFile(photo, await makeJpeg());
    await writeFile(`${photo}.xmp`, Buffer.from(packet('caf\xe9'), 'latin1'));
    await writeFaceRegions(photo, { regions, removed: [], exiftool });
    await writeFaceRegions(photo, { regions: [{ name: 'Bea', box: BO.box, replaces: BO }], removed: [ADA], exiftool });
    expect(await exiftool.read(`${photo}.xmp`)).toMatchObject({
      'XMP-mwg-rs:RegionInfo': { RegionList: [{ Name: 'Bea' }] },
      'XMP-iptcExt:PersonInImage': ['Bea'],
    });
    await writeFaceRegions(photo, { regions: [], removed: [{ ...BO, name: 'Bea' }], exiftool });
    const tags = await exiftool.read(`${photo}.xmp`);
    // The names of folders are random, and tags too.
    const written = Object.entries(tags).filter(([name]) => name.startsWith('XMP-'));
    expect(written.length).toBeGreaterThan(0);
    expect(JSON.stringify(written)).not.toMatch(/PersonInImage|Ada|Bo|Bea/);
    expect(tags['XMP-acme:Secret']).toMatch(/^caf/);
  });

  it.each([
    { desc: 'is cut short', sidecar: packet('x').slice(0, -60) },
    { desc: 'has properties of no namespace', sidecar: packet('</acme:secret><nobody:knows/><acme:secret>') },
    { desc: 'is no XMP', sidecar: 'Dear diary' },
  ])('still refuses a sidecar that $desc, and leaves it as it is', async ({ sidecar }) => {
    await using folder = await temporaryFolder();
    const photo = folder.file('x.jpg');
    await writeFile(photo, await makeJpeg());
    await writeFile(`${photo}.xmp`, sidecar);
    await expect(writeFaceRegions(photo, { regions, removed: [], exiftool })).rejects.toMatchObject({
      code: 'SIDECAR_UNREADABLE',
    });
    expect(await readFile(`${photo}.xmp`, 'utf8')).toBe(sidecar);
  });

  it('names faces on a photo that only exiftool reads', async () => {
    await using folder = await temporaryFolder();
    const film = folder.file('x.mov');
    await writeFile(film, makeFilm({ width: 96, height: 64, createdAt: FILM_TIME }));
    const written = await writeFaceRegions(film, { regions, removed: [], exiftool });
    expect(written).toMatchObject({ status: 'created', sidecar: `${film}.xmp` });
    expect(await exiftool.read(`${film}.xmp`)).toMatchObject({
      'XMP-mwg-rs:RegionInfo': { AppliedToDimensions: { W: 96, H: 64 } },
    });
  });
});
