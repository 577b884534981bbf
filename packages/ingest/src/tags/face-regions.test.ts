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

function mwg(area: string, options: { size?: string; type?: string; name?: string } = {}) {
  const { size = 'stDim:w="400" stDim:h="200"', type = 'Face', name = 'Ada' } = options;
  return packet(`<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions ${size} stDim:unit="pixel"/><mwg-rs:RegionList><rdf:Bag>
    <rdf:li><rdf:Description mwg-rs:Name="${name}" mwg-rs:Type="${type}"><mwg-rs:Area ${area} stArea:unit="normalized"/></rdf:Description></rdf:li>
    </rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>`);
}

/** A quarter of the width, a fifth of the height, its corner at a tenth of both. */
const AREA = 'stArea:x="0.225" stArea:y="0.2" stArea:w="0.25" stArea:h="0.2"';

describe('readFaceRegions', () => {
  it('reads names and boxes of MWG, given by their centres', () => {
    expect(readFaceRegions(mwg(AREA), FRAME)).toEqual([
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
    expect(readFaceRegions(mwg(AREA), { ...FRAME, orientation })[0]?.box).toEqual(box);
  });

  it('sees by the size that they were drawn on when they are upright already', () => {
    const xmp = mwg(AREA, { size: 'stDim:w="200" stDim:h="400"' });
    expect(readFaceRegions(xmp, { ...FRAME, orientation: 6 })[0]?.box).toEqual({ x: 20, y: 40, width: 50, height: 80 });
  });

  it('reads those of Microsoft, given by their corners, each face once', () => {
    const microsoft = `<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>
      <rdf:li MPReg:Rectangle="0.1, 0.1, 0.25, 0.2" MPReg:PersonDisplayName="Ada"/>
      <rdf:li><rdf:Description MPReg:Rectangle="0.5, 0.5, 0.1, 0.1"/></rdf:li></rdf:Bag></MPRI:Regions></MP:RegionInfo>`;
    expect(readFaceRegions(packet(microsoft), FRAME)).toEqual([
      { name: 'Ada', box: { x: 40, y: 20, width: 100, height: 40 }, source: 'mp' },
      { name: null, box: { x: 200, y: 100, width: 40, height: 20 }, source: 'mp' },
    ]);
    expect(readFaceRegions({ ...packet(microsoft), ...mwg(AREA) }, FRAME)).toHaveLength(2);
  });

  it('keeps boxes inside the picture and leaves out what is none', () => {
    const partlyOutside = mwg('stArea:x="0" stArea:y="0" stArea:w="0.5" stArea:h="0.5"');
    expect(readFaceRegions(partlyOutside, FRAME)[0]?.box).toEqual({ x: 0, y: 0, width: 100, height: 50 });
    for (const area of [
      'stArea:x="2" stArea:y="2" stArea:w="0.1" stArea:h="0.1"',
      'stArea:x="x" stArea:y="0.5"',
      'stArea:x="0.5" stArea:y="0.5" stArea:w="-1" stArea:h="-1"',
    ]) {
      expect(readFaceRegions(mwg(area), FRAME)).toEqual([]);
    }
    expect(readFaceRegions(mwg(AREA, { type: 'Pet' }), FRAME)).toEqual([]);
    expect(readFaceRegions({}, FRAME)).toEqual([]);
  });
});
