import type { FaceRegion, PersonShown } from '../model/scanned-photo.ts';
import type { XmpOfFile } from '../tags/choose-face-regions.ts';
import { isSameName, personName } from '../tags/person-name.ts';
import { type XmpTags, xmpList, xmpText } from '../tags/read-xmp.ts';
import { readHierarchies } from './keywords.ts';

/** What the root of people's keywords is called, in the languages of the programs that make one (digiKam, Lightroom, Windows). */
const PEOPLE_ROOTS = new Set(
  `people|persons|person|faces|personen|leute|menschen|gesichter|personnes|gens|visages|personas|gente|caras|persone|volti|pessoas|mensen|gezichten
  |personer|människor|ansigter|osoby|ludzie|osoba|lidé|ľudia|emberek|személyek|oameni|persoane|kişiler|insanlar|ihmiset|henkilöt|люди|άτομα|人物|人々|사람|인물`.split(
    /[|\n ]+/,
  ),
);

/** Names of one photo; a crowd has dozens. */
const MAX_NAMES = 500;

export interface PeopleSources {
  /** XMP of sidecars and the photo, the weightiest first. */
  xmpFiles: readonly XmpOfFile[];
  /** What a Google Takeout says, with the name of its JSON. */
  takeout: { people: readonly string[]; file: string } | null;
  regions: readonly FaceRegion[];
  unplaced: readonly PersonShown[];
}

/** Whom metadata names without saying where: those that regions place are left out. Of each property, the first file that has it counts. */
export function readPeopleShown({ xmpFiles, takeout, regions, unplaced }: PeopleSources): PersonShown[] {
  const said = [
    ...fromFirst(xmpFiles, 'iptc', hasPersonInImage, readPersonInImage),
    ...fromFirst(xmpFiles, 'keyword', (xmp) => readHierarchies(xmp).length > 0, readPeopleKeywords),
    ...(takeout?.people ?? []).map((name) => ({ name, source: 'takeout' as const, file: takeout!.file })),
  ].flatMap((person): PersonShown[] => {
    const name = personName(person.name);
    const isPlaced = name === null || regions.some((region) => region.name !== null && isSameName(region.name, name));
    return isPlaced ? [] : [{ ...person, name }];
  });
  const all = [...unplaced, ...said];
  const isFirst = (person: PersonShown, index: number) =>
    all.findIndex((other) => other.source === person.source && isSameName(other.name, person.name)) === index;
  return all.filter(isFirst).slice(0, MAX_NAMES);
}

function fromFirst(
  files: readonly XmpOfFile[],
  source: PersonShown['source'],
  speaks: (xmp: XmpTags) => boolean,
  read: (xmp: XmpTags) => string[],
): PersonShown[] {
  const first = files.find(({ xmp }) => speaks(xmp));
  return first === undefined ? [] : read(first.xmp).map((name) => ({ name, source, file: first.file }));
}

function hasPersonInImage(xmp: XmpTags): boolean {
  return 'Iptc4xmpExt:PersonInImage' in xmp || 'Iptc4xmpExt:PersonInImageWDetails' in xmp;
}

/** https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata#person-shown-in-the-image */
function readPersonInImage(xmp: XmpTags): string[] {
  const details = xmp['Iptc4xmpExt:PersonInImageWDetails'];
  const people = (Array.isArray(details) ? details : [details]).filter(
    (person): person is XmpTags => typeof person === 'object' && !Array.isArray(person),
  );
  return [
    ...xmpList(xmp, 'Iptc4xmpExt:PersonInImage'),
    ...people.flatMap((person) => xmpText(person, 'Iptc4xmpExt:PersonName') ?? []),
  ];
}

/** The last level of each path below a root of people; the levels between sort them: `People|Family|Ada`. */
function readPeopleKeywords(xmp: XmpTags): string[] {
  const paths = readHierarchies(xmp).map(({ levels }) => levels);
  const isGroup = (levels: readonly string[]) =>
    paths.some((other) => other.length > levels.length && levels.every((level, depth) => other[depth] === level));
  return paths
    .filter((levels) => PEOPLE_ROOTS.has(levels[0]!.normalize('NFC').toLowerCase()) && !isGroup(levels))
    .map((levels) => levels.at(-1)!);
}
