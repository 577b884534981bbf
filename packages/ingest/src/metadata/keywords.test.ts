import { describe, expect, it } from 'vitest';
import { readKeywords } from './keywords.ts';
import { readPeopleShown } from './people-shown.ts';

describe('readKeywords', () => {
  it.each([
    { desc: 'Lightroom', xmp: { 'lr:hierarchicalSubject': ['Places|Germany|Berlin', 'sea'] }, paths: ['Places|Germany|Berlin'] },
    { desc: 'Media Pro', xmp: { 'mediapro:CatalogSets': ['Places|Germany'] }, paths: ['Places|Germany'] },
    { desc: 'digiKam', xmp: { 'digiKam:TagsList': ['Places/Germany/Berlin', 'sea'] }, paths: ['Places|Germany|Berlin'] },
    { desc: 'Windows', xmp: { 'MicrosoftPhoto:LastKeywordXMP': ['Places/Germany'] }, paths: ['Places|Germany'] },
    {
      desc: 'ACDSee',
      xmp: {
        'acdsee:categories':
          '<Categories><Category Assigned="0">Places<Category Assigned="1">Germany<Category Assigned="1">Berlin</Category></Category></Category><Category Assigned="1">sea</Category></Categories>',
      },
      paths: ['Places|Germany', 'Places|Germany|Berlin'],
    },
    { desc: 'ACDSee, damaged', xmp: { 'acdsee:categories': '<Categories><Category Assigned="1">Places<Cat' }, paths: [] },
    {
      desc: 'several programs, each path once',
      xmp: { 'lr:hierarchicalSubject': ['Places|Berlin'], 'digiKam:TagsList': ['Places/Berlin', ' Places / / Rome '] },
      paths: ['Places|Berlin', 'Places|Rome'],
    },
  ])('has the paths of $desc', ({ xmp, paths }) => {
    expect(readKeywords(xmp as never, ['Berlin'])).toEqual({ keywords: ['Berlin'], keywordPaths: paths });
  });

  it('does not double what flat lists say as paths', () => {
    const xmp = { 'MicrosoftPhoto:LastKeywordXMP': ['People/Ada'] };
    expect(readKeywords(xmp, ['Places|Berlin', 'People/Ada', 'AC/DC', 'Berlin'])).toEqual({
      keywords: ['Berlin', 'Ada', 'AC/DC'],
      keywordPaths: ['People|Ada', 'Places|Berlin'],
    });
  });
});

describe('readPeopleShown', () => {
  const none = { xmpFiles: [], takeout: null, regions: [], unplaced: [] };

  it('takes names from IPTC, keywords below People and Google', () => {
    const xmp = {
      'Iptc4xmpExt:PersonInImage': ['Ada', 'Unknown'],
      'Iptc4xmpExt:PersonInImageWDetails': [{ 'Iptc4xmpExt:PersonName': 'Bo' }],
      'lr:hierarchicalSubject': ['People|Family', 'People|Family|Cy', 'Places|Rome', 'Personen|Dan'],
      'dc:subject': ['sea', 'People|Eva'],
    };
    expect(
      readPeopleShown({
        ...none,
        xmpFiles: [{ file: 'x.jpg.xmp', xmp }],
        takeout: { people: ['Eve', '???'], file: 'x.jpg.json' },
      }).map(({ name, source, file }) => `${name} ${source} ${file}`),
    ).toEqual([
      'Ada iptc x.jpg.xmp',
      'Bo iptc x.jpg.xmp',
      'Eva keyword x.jpg.xmp',
      'Cy keyword x.jpg.xmp',
      'Dan keyword x.jpg.xmp',
      'Eve takeout x.jpg.json',
    ]);
  });

  it('leaves out whom a region places, and keeps what regions could not', () => {
    const box = { x: 1, y: 1, width: 9, height: 9 };
    const unplaced = { name: 'Bo', source: 'mp', file: 'x.jpg', reason: 'other-picture' } as const;
    const people = readPeopleShown({
      ...none,
      xmpFiles: [{ file: 'x.jpg', xmp: { 'Iptc4xmpExt:PersonInImage': ['ADA', 'Cy'] } }],
      regions: [{ name: 'Ada', box, source: 'mwg-rs', file: 'x.jpg', program: null }],
      unplaced: [unplaced],
    });
    expect(people).toEqual([unplaced, { name: 'Cy', source: 'iptc', file: 'x.jpg' }]);
  });

  it('asks the first file that speaks of people: what a sidecar took out is out', () => {
    const xmpFiles = [
      { file: 'x.jpg.xmp', xmp: { 'Iptc4xmpExt:PersonInImage': [] } },
      { file: 'x.jpg', xmp: { 'Iptc4xmpExt:PersonInImage': ['Ada'] } },
    ];
    expect(readPeopleShown({ ...none, xmpFiles })).toEqual([]);
  });
});
