import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { readFaceRegions } from './face-regions.ts';
import { readXmp } from './read-xmp.ts';

const FRAME = { storedWidth: 400, storedHeight: 200, orientation: 1 };

function packet(properties: string) {
  return readXmp(
    Buffer.from(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
      xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
      xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" xmlns:MP="http://ns.microsoft.com/photo/1.2/"
      xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#">
      ${properties}</rdf:Description></rdf:RDF></x:xmpmeta>`),
  );
}

function mwg(area: string, options: { size?: string; type?: string; name?: string; unit?: string } = {}) {
  const { size = 'stDim:w="400" stDim:h="200"', type = 'Face', name = 'Ada', unit = 'normalized' } = options;
  return packet(`<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions ${size} stDim:unit="pixel"/><mwg-rs:RegionList><rdf:Bag>
    <rdf:li><rdf:Description mwg-rs:Name="${name}" mwg-rs:Type="${type}"><mwg-rs:Area ${area} stArea:unit="${unit}"/></rdf:Description></rdf:li>
    </rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>`);
}

/** A quarter of the width, a fifth of the height, its corner at a tenth of both. */
const AREA = 'stArea:x="0.225" stArea:y="0.2" stArea:w="0.25" stArea:h="0.2"';

describe('readFaceRegions', () => {
  it('reads names and boxes of MWG, given by their centres', () => {
    expect(readFaceRegions(mwg(AREA), FRAME).regions).toEqual([
      { name: 'Ada', box: { x: 40, y: 20, width: 100, height: 40 }, source: 'mwg-rs' },
    ]);
  });

  it.each([
    { orientation: 1, box: { x: 40, y: 20, width: 100, height: 40 } },
    { orientation: 2, box: { x: 260, y: 20, width: 100, height: 40 } },
    { orientation: 3, box: { x: 260, y: 140, width: 100, height: 40 } },
    { orientation: 4, box: { x: 40, y: 140, width: 100, height: 40 } },
    { orientation: 5, box: { x: 20, y: 40, width: 40, height: 100 } },
    { orientation: 6, box: { x: 140, y: 40, width: 40, height: 100 } },
    { orientation: 7, box: { x: 140, y: 260, width: 40, height: 100 } },
    { orientation: 8, box: { x: 20, y: 260, width: 40, height: 100 } },
  ])('turns them with the picture: orientation $orientation', ({ orientation, box }) => {
    expect(readFaceRegions(mwg(AREA), { ...FRAME, orientation }).regions[0]?.box).toEqual(box);
  });

  it('sees by the size that they were drawn on when they are upright already', () => {
    const xmp = mwg(AREA, { size: 'stDim:w="200" stDim:h="400"' });
    expect(readFaceRegions(xmp, { ...FRAME, orientation: 6 }).regions[0]?.box).toEqual({ x: 20, y: 40, width: 50, height: 80 });
  });

  it('reads those of Microsoft, given by their corners, each face once', () => {
    const microsoft = `<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>
      <rdf:li MPReg:Rectangle="0.1, 0.1, 0.25, 0.2" MPReg:PersonDisplayName="Ada"/>
      <rdf:li><rdf:Description MPReg:Rectangle="0.5, 0.5, 0.1, 0.1"/></rdf:li></rdf:Bag></MPRI:Regions></MP:RegionInfo>`;
    expect(readFaceRegions(packet(microsoft), FRAME).regions).toEqual([
      { name: 'Ada', box: { x: 40, y: 20, width: 100, height: 40 }, source: 'mp' },
      { name: null, box: { x: 200, y: 100, width: 40, height: 20 }, source: 'mp' },
    ]);
    expect(readFaceRegions({ ...packet(microsoft), ...mwg(AREA) }, FRAME).regions).toHaveLength(2);
  });

  it('keeps the name alone of a region without a usable box, and nothing of what is no face', () => {
    for (const area of [
      'stArea:x="0.5" stArea:y="0.5" stArea:w="0" stArea:h="0.1"',
      'stArea:x="0.5" stArea:y="0.5" stArea:w="NaN" stArea:h="0.1"',
      'stArea:x="1.4" stArea:y="0.5" stArea:w="0.1" stArea:h="0.1"',
      'stArea:x="0.5" stArea:y="0.5" stArea:w="1" stArea:h="1"',
      '',
    ]) {
      expect(readFaceRegions(mwg(area), FRAME)).toEqual({
        regions: [],
        unplaced: [{ name: 'Ada', source: 'mwg-rs', reason: 'no-box' }],
      });
    }
    for (const type of ['Pet', 'BarCode', 'Focus', 'Object']) {
      expect(readFaceRegions(mwg('', { type }), FRAME)).toEqual({ regions: [], unplaced: [] });
    }
  });

  it('reads an area in pixels of the picture that it was drawn on', () => {
    const area = AREA.replace('0.225', '180').replace('0.2', '80').replace('0.25', '200').replace('0.2', '80');
    const inPixels = mwg(area.replace('stArea:h="0.2"', 'stArea:h="80"'), { size: 'stDim:w="800" stDim:h="400"', unit: 'pixel' });
    expect(readFaceRegions(inPixels, FRAME).regions[0]?.box).toEqual({ x: 40, y: 20, width: 100, height: 40 });
  });

  it.each([
    { desc: 'scaled', size: '1200x600', box: { x: 40, y: 20, width: 100, height: 40 } },
    { desc: 'scaled, with rounded sides', size: '1199x599', box: { x: 40, y: 20, width: 100, height: 40 } },
    { desc: 'cut', size: '500x200', box: null },
    { desc: 'turned since', size: '200x400', box: null },
    { desc: 'unknown', size: '0x0', box: { x: 40, y: 20, width: 100, height: 40 } },
  ])('places regions that were drawn on a picture of another size: $desc', ({ desc, size, box }) => {
    const [width, height] = size.split('x');
    const { regions, unplaced } = readFaceRegions(mwg(AREA, { size: `stDim:w="${width}" stDim:h="${height}"` }), FRAME);
    expect(regions.map((region) => region.box)).toEqual(box === null ? [] : [box]);
    expect(regions.every(({ isScaled = false }) => isScaled === desc.startsWith('scaled'))).toBe(true);
    expect(unplaced).toEqual(box === null ? [{ name: 'Ada', source: 'mwg-rs', reason: 'other-picture' }] : []);
  });

  it('keeps boxes inside the picture and leaves out what is none', () => {
    const partlyOutside = mwg('stArea:x="0" stArea:y="0" stArea:w="0.5" stArea:h="0.5"');
    expect(readFaceRegions(partlyOutside, FRAME).regions[0]?.box).toEqual({ x: 0, y: 0, width: 100, height: 50 });
    for (const area of [
      'stArea:x="2" stArea:y="2" stArea:w="0.1" stArea:h="0.1"',
      'stArea:x="x" stArea:y="0.5"',
      'stArea:x="0.5" stArea:y="0.5" stArea:w="-1" stArea:h="-1"',
    ]) {
      expect(readFaceRegions(mwg(area), FRAME).regions).toEqual([]);
    }
    expect(readFaceRegions(mwg(AREA, { type: 'Pet' }), FRAME)).toEqual({ regions: [], unplaced: [] });
    expect(readFaceRegions({}, FRAME)).toEqual({ regions: [], unplaced: [] });
  });
});

describe('MWG and Microsoft regions of one file', () => {
  /** Named boxes, by their corners in pixels of the picture. */
  type Boxes = Record<string, [x: number, y: number, width: number, height: number]>;

  function both({ mwg: first, mp, size = [400, 200] }: { mwg: Boxes; mp: Boxes; size?: [number, number] | null }) {
    const [width, height] = size ?? [400, 200];
    const drawnOn =
      size === null ? '' : `<mwg-rs:AppliedToDimensions stDim:w="${width}" stDim:h="${height}" stDim:unit="pixel"/>`;
    const areas = Object.entries(first).map(
      ([name, [x, y, w, h]]) => `<rdf:li><rdf:Description mwg-rs:Name="${name}" mwg-rs:Type="Face"><mwg-rs:Area
        stArea:x="${(x + w / 2) / width}" stArea:y="${(y + h / 2) / height}" stArea:w="${w / width}" stArea:h="${h / height}"/></rdf:Description></rdf:li>`,
    );
    const rectangles = Object.entries(mp).map(
      ([name, [x, y, w, h]]) =>
        `<rdf:li MPReg:Rectangle="${[x / 400, y / 200, w / 400, h / 200].join(', ')}" MPReg:PersonDisplayName="${name}"/>`,
    );
    return packet(`<mwg-rs:Regions rdf:parseType="Resource">${drawnOn}<mwg-rs:RegionList><rdf:Bag>${areas.join('')}</rdf:Bag></mwg-rs:RegionList>
      </mwg-rs:Regions><MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>${rectangles.join('')}</rdf:Bag></MPRI:Regions></MP:RegionInfo>`);
  }

  /** `Ada@40` of what has a place, `Ada:contradicted` of what has none. */
  function said(xmp: ReturnType<typeof packet>, frame: Parameters<typeof readFaceRegions>[1] = FRAME): string[] {
    const { regions, unplaced } = readFaceRegions(xmp, frame);
    return [
      ...regions.map(({ name, box, source }) => `${name ?? '-'}@${box.x} ${source}`),
      ...unplaced.map(({ name, source, reason }) => `${name}:${reason} ${source}`),
    ];
  }

  const ADA: Boxes[string] = [40, 20, 50, 50];
  const ADAS_HEAD: Boxes[string] = [30, 5, 75, 80];
  const BO: Boxes[string] = [200, 80, 50, 50];
  const CY: Boxes[string] = [310, 40, 50, 50];

  it.each([
    {
      desc: 'are one where they agree, however tight each is drawn',
      mwg: { Ada: ADA },
      mp: { ada: ADAS_HEAD },
      expected: ['Ada@40 mwg-rs'],
    },
    { desc: 'lend each other a name', mwg: { Unknown: ADA }, mp: { Ada: ADA }, expected: ['Ada@40 mwg-rs'] },
    { desc: 'add up', mwg: { Ada: ADA }, mp: { Bo: BO }, expected: ['Ada@40 mwg-rs', 'Bo@200 mp'] },
    {
      desc: 'are not believed where they name one face differently',
      mwg: { Ada: ADA, Bo: BO },
      mp: { Bea: ADA, Bo: BO },
      expected: ['-@40 mwg-rs', 'Bo@200 mwg-rs', 'Ada:contradicted mwg-rs', 'Bea:contradicted mp'],
    },
    {
      desc: 'count by the size that MWG states when the others are of an earlier picture',
      mwg: { Ada: ADA, Bo: BO },
      mp: { Ada: BO, Bo: CY },
      expected: ['Ada@40 mwg-rs', 'Bo@200 mwg-rs', 'Ada:contradicted mp', 'Bo:contradicted mp'],
    },
    {
      desc: 'have no place when nobody states a size and no box agrees',
      mwg: { Ada: ADA },
      mp: { Ada: CY },
      size: null,
      expected: ['Ada:contradicted mwg-rs', 'Ada:contradicted mp'],
    },
    {
      desc: 'are those of Microsoft alone when MWG was drawn on an earlier picture, and they were drawn anew',
      mwg: { Ada: [300, 300, 100, 100], Dan: [500, 100, 50, 50] } as Boxes,
      mp: { Ada: ADA },
      size: [800, 600] as [number, number],
      expected: ['Ada@40 mp', 'Dan:other-picture mwg-rs'],
    },
    {
      desc: 'are both of an earlier picture when they are alike',
      mwg: { Ada: [80, 60, 100, 150] } as Boxes,
      mp: { Ada: ADA },
      size: [800, 600] as [number, number],
      expected: ['Ada:other-picture mp'],
    },
  ])('$desc', ({ mwg: first, mp, size, expected }) => {
    expect(
      said(both({ mwg: first as unknown as Boxes, mp: mp as unknown as Boxes, ...(size === undefined ? {} : { size }) })),
    ).toEqual(expected);
  });

  it('keep both faces of somebody who is there twice', () => {
    const twice = both({ mwg: { Ada: ADA, 'Ada ': CY }, mp: {} });
    expect(said(twice)).toEqual(['Ada@40 mwg-rs', 'Ada@310 mwg-rs']);
  });

  it('lie on the picture on which they agree', () => {
    // Drawn on the upright picture by the one program, and by the other, which states no size.
    const upright = both({ mwg: { Ada: [20, 40, 50, 80] }, mp: { Ada: [40, 20, 100, 40] }, size: [200, 400] });
    expect(said(upright, { ...FRAME, orientation: 6 })).toEqual(['Ada@20 mwg-rs']);
  });
});
