import { DOMParser, type Element } from '@xmldom/xmldom';
import { childElements, type XmpTags, xmpList, xmpText } from '../tags/read-xmp.ts';
import { cleanText } from '../tags/sanitize.ts';

export interface Keywords {
  keywords: string[];
  keywordPaths: string[];
}

/** Properties that hold a hierarchy, with what parts the levels in each. */
const HIERARCHIES = [
  { property: 'dc:subject', separator: '|' },
  { property: 'lr:hierarchicalSubject', separator: '|' },
  { property: 'mediapro:CatalogSets', separator: '|' },
  { property: 'digiKam:TagsList', separator: '/' },
  { property: 'MicrosoftPhoto:LastKeywordXMP', separator: '/' },
  { property: 'MicrosoftPhoto:LastKeywordIPTC', separator: '/' },
] as const;

const LEVEL = '|';

/** Deeper than anybody sorts. */
const MAX_LEVELS = 32;

/**
 * Keywords as flat lists say them, each once, and those of hierarchies by their paths. Programs that write no hierarchy put `Places|Germany|Berlin` into
 * the flat list: that is a path, and its last level the keyword.
 */
export function readKeywords(xmp: XmpTags, ...lists: (readonly string[] | string | null)[]): Keywords {
  const flat = lists
    .flatMap((list) => (typeof list === 'string' ? list.split(';') : (list ?? [])))
    .map(cleanText)
    .filter((word) => word !== null);
  const hierarchies = readHierarchies(xmp);
  const isPath = (word: string) => word.includes(LEVEL) || hierarchies.some(({ written }) => written === word);
  const paths = flat.filter(isPath).map((word) => pathOf(word, word.includes(LEVEL) ? LEVEL : '/'));
  const keywords = flat.flatMap((word) => (isPath(word) ? pathOf(word, word.includes(LEVEL) ? LEVEL : '/').slice(-1) : word));
  const all = [...hierarchies.map(({ levels }) => levels), ...paths].filter((levels) => levels.length > 1);
  return { keywords: [...new Set(keywords)], keywordPaths: [...new Set(all.map((levels) => levels.join(LEVEL)))] };
}

/** The paths of a file's hierarchies, level by level. A keyword without one above is none. */
export function readHierarchies(xmp: XmpTags): { written: string; levels: string[] }[] {
  const listed = HIERARCHIES.flatMap(({ property, separator }) =>
    xmpList(xmp, property).map((written) => ({ written, levels: pathOf(written, separator) })),
  );
  return [...listed, ...readCategories(xmpText(xmp, 'acdsee:categories'))].filter(({ levels }) => levels.length > 1);
}

function pathOf(written: string, separator: string): string[] {
  return written
    .split(separator)
    .map((level) => cleanText(level)?.replaceAll(LEVEL, '/') ?? null)
    .filter((level) => level !== null)
    .slice(0, MAX_LEVELS);
}

/** ACDSee's categories are XML in a text: `<Category Assigned="0">Places<Category Assigned="1">Berlin</Category></Category>`. */
function readCategories(xml: string | null): { written: string; levels: string[] }[] {
  if (xml === null || !xml.startsWith('<Categories') || xml.includes('<!')) return [];
  try {
    const root = new DOMParser({ onError: () => {} }).parseFromString(xml, 'text/xml').documentElement;
    return root === null ? [] : assignedBelow(root, []).map((levels) => ({ written: levels.join(LEVEL), levels }));
  } catch {
    return []; // not well-formed: the photo is worth more than its categories
  }
}

function assignedBelow(element: Element, above: readonly string[]): string[][] {
  if (above.length >= MAX_LEVELS) return [];
  return childElements(element).flatMap((child) => {
    const own = Array.from(child.childNodes).find((node) => node.nodeType === node.TEXT_NODE);
    const name = cleanText(own?.nodeValue);
    if (name === null) return [];
    const levels = [...above, name];
    return [...(child.getAttribute('Assigned') === '1' ? [levels] : []), ...assignedBelow(child, levels)];
  });
}
