import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { xmpPacket } from '../../test/support/test-images.ts';
import { readXmp, xmpList, xmpText } from './read-xmp.ts';

function read(properties: string, attributes = '') {
  return readXmp(Buffer.from(xmpPacket(properties, attributes)));
}

describe('readXmp', () => {
  it('reads properties written as attributes and as elements', () => {
    expect(read('<xmp:Rating>4</xmp:Rating>', 'xmp:CreateDate="2019-07-13"')).toEqual({
      'xmp:CreateDate': '2019-07-13',
      'xmp:Rating': '4',
    });
  });

  it('reads lists, and of languages the default', () => {
    const tags = read(`<dc:subject><rdf:Bag><rdf:li>cat</rdf:li><rdf:li>dog</rdf:li></rdf:Bag></dc:subject>
      <dc:title><rdf:Alt><rdf:li xml:lang="de">Katze</rdf:li><rdf:li xml:lang="x-default">Cat</rdf:li></rdf:Alt></dc:title>`);
    expect(xmpList(tags, 'dc:subject')).toEqual(['cat', 'dog']);
    expect(xmpText(tags, 'dc:title')).toBe('Cat');
  });

  it('reads structures in all three spellings', () => {
    const structure = { 'exif:Fired': 'True', 'exif:Mode': '1' };
    expect(
      read('<exif:Flash rdf:parseType="Resource"><exif:Fired>True</exif:Fired><exif:Mode>1</exif:Mode></exif:Flash>'),
    ).toEqual({ 'exif:Flash': structure });
    expect(
      read('<exif:Flash><rdf:Description exif:Fired="True"><exif:Mode>1</exif:Mode></rdf:Description></exif:Flash>'),
    ).toEqual({ 'exif:Flash': structure });
    expect(read('<exif:Flash exif:Fired="True" exif:Mode="1"/>')).toEqual({ 'exif:Flash': structure });
  });

  it('knows namespaces by their address, whatever prefix a document uses', () => {
    const packet =
      '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:q="http://purl.org/dc/elements/1.1/" q:format="image/jpeg"/></r:RDF>';
    expect(readXmp(Buffer.from(packet))).toEqual({ 'dc:format': 'image/jpeg' });
  });

  it('reads UTF-16', () => {
    const packet = Buffer.from(`\ufeff${xmpPacket('<dc:source>Größe 日本</dc:source>')}`, 'utf16le');
    expect(xmpText(readXmp(packet), 'dc:source')).toBe('Größe 日本');
  });

  it.each([
    { desc: 'nothing', packet: '' },
    { desc: 'no XML', packet: 'hello' },
    { desc: 'elements that never end', packet: xmpPacket('<dc:a>'.repeat(5_000)) },
    {
      desc: 'entities that grow',
      packet: `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${xmpPacket('<dc:title>&b;</dc:title>')}`,
    },
    { desc: 'a million elements', packet: xmpPacket('<dc:a/>'.repeat(200_000)) },
  ])('makes nothing of $desc', ({ packet }) => {
    expect(readXmp(Buffer.from(packet))).toEqual({});
  });

  it('does not dive deeper than descriptions of photos go', () => {
    const depth = 2_000;
    const open = '<dc:a rdf:parseType="Resource">'.repeat(depth);
    expect(JSON.stringify(read(`${open}${'</dc:a>'.repeat(depth)}`)).length).toBeLessThan(1_000);
  });

  it('cannot be made to touch the prototype of objects', () => {
    const tags = readXmp(
      Buffer.from(
        xmpPacket('<x:__proto__ xmlns:x="urn:x"><x:admin>1</x:admin></x:__proto__><__proto__ xmlns="urn:y">1</__proto__>'),
      ),
    );
    expect(Object.getPrototypeOf(tags)).toBe(Object.prototype);
    expect('admin' in {}).toBe(false);
  });
});
