import { Buffer } from 'node:buffer';
import type { Element } from '@xmldom/xmldom';
import { readEditableLists, type WrittenRegion } from '../tags/face-regions.ts';
import { childElements, readXmp, xmpList } from '../tags/read-xmp.ts';
import type { RegionFrame } from '../tags/region-placement.ts';
import type { Share } from '../tags/region-share.ts';
import { type RegionBox, uprightShare } from './upright-share.ts';
import { setField, structureOf, type XmpDocument } from './xmp-document.ts';

/** A face to be named in a file. */
export interface RegionToWrite {
  name: string;
  box: RegionBox;
  /** The region that names this face so far: it is renamed, and stays where its program drew it. */
  replaces: { name: string; box: RegionBox } | null;
}

export interface RegionEdit {
  regions: readonly RegionToWrite[];
  /** Regions that are to go: written earlier for a face that nobody is named for any more. */
  removed: readonly { name: string; box: RegionBox }[];
  /** Names of people in the picture without a place in it: into the people in the image only. */
  people?: readonly string[];
  /** Such names that are to go. */
  removedPeople?: readonly string[];
  /** Also into the keywords: all that the list is to hold beside the names. null: keywords are left alone. */
  keywords: readonly string[] | null;
}

/** Pixels by which the same box may differ: programs round shares of a picture in their own ways. */
const SAME_BOX_PIXELS = 2;

/** Digits of a share: a hundredth of a pixel in a picture 10,000 pixels wide. */
const SHARE_DIGITS = 6;

/**
 * Names faces in an XMP packet: as MWG regions, as Microsoft's, and the people in the image in words. Regions of other faces, and every
 * other property, stay as they are.
 *
 * @returns where each region stands now: as another program drew it, or as given; null for a list that cannot be told apart, and nothing is edited
 */
export function editRegions(document: XmpDocument, edit: RegionEdit, frame: RegionFrame): RegionBox[] | null {
  const xmp = readXmp(Buffer.from(document.toString()));
  const lists = readEditableLists(xmp, frame);
  // Nothing can be added to regions of a picture that is not this one: the list says one size for all of them.
  if (lists.mwg.placement === null || lists.microsoft.placement === null) return null;
  const [mwgPicture, microsoftPicture] = [lists.mwg.placement, lists.microsoft.placement];
  const [mwg, microsoft] = [lists.mwg.regions, lists.microsoft.regions];
  const places = edit.regions.map((region) => ({ mwg: indexOf(mwg, region), microsoft: indexOf(microsoft, region) }));
  const boxes = edit.regions.map((region, index) => {
    const known = mwg[places[index]!.mwg] ?? microsoft[places[index]!.microsoft];
    return known?.box ?? region.box;
  });

  const mwgItems = itemsOf(document, 'mwg-rs:Regions', 'mwg-rs:RegionList', edit.regions.length > 0);
  const microsoftItems = itemsOf(document, 'MP:RegionInfo', 'MPRI:Regions', edit.regions.length > 0);
  if ((mwgItems?.items.length ?? 0) !== mwg.length || (microsoftItems?.items.length ?? 0) !== microsoft.length) return null;
  for (const [index, { name }] of edit.regions.entries()) {
    const share = uprightShare(boxes[index]!, frame);
    const mwgItem = mwgItems!.items[places[index]!.mwg] ?? addMwgRegion(document, mwgItems!.list, mwgPicture.fromUpright(share));
    setField(document, structureOf(mwgItem), 'mwg-rs:Name', name);
    const microsoftItem =
      microsoftItems!.items[places[index]!.microsoft] ??
      addMicrosoftRegion(document, microsoftItems!.list, microsoftPicture.fromUpright(share));
    setField(document, structureOf(microsoftItem), 'MPReg:PersonDisplayName', name);
  }
  if (edit.regions.length > 0) stateDimensions(document, frame);

  for (const gone of edit.removed) {
    const region = { ...gone, replaces: gone };
    removeItem(mwgItems?.items[indexOf(mwg, region)]);
    removeItem(microsoftItems?.items[indexOf(microsoft, region)]);
  }
  const names = [...edit.regions.map(({ name }) => name), ...(edit.people ?? [])];
  const others = [...mwg, ...microsoft].filter(
    (region, index) =>
      !places.some((place) => place.mwg === index || place.microsoft === index - mwg.length) &&
      !edit.removed.some(({ box }) => region !== null && isSameBox(region.box, box)),
  );
  const kept = new Set(others.map((region) => region?.name));
  const former = [...edit.regions.flatMap(({ replaces }) => replaces?.name ?? []), ...edit.removed.map(({ name }) => name)];
  const withdrawn = (edit.removedPeople ?? []).filter((name) => !names.includes(name));
  const outdated = new Set([...former, ...withdrawn].filter((name) => !kept.has(name)));
  rewriteList(document, 'Iptc4xmpExt:PersonInImage', xmpList(xmp, 'Iptc4xmpExt:PersonInImage'), names, outdated);
  if (edit.keywords !== null) {
    const keywords = [...edit.keywords.filter((keyword) => !outdated.has(keyword)), ...names];
    rewriteList(document, 'dc:subject', xmpList(xmp, 'dc:subject'), keywords, outdated);
  }
  return boxes;
}

/** The place of the region that names the same face; -1 for none. */
function indexOf(list: readonly (WrittenRegion | null)[], { box, replaces }: RegionToWrite): number {
  return list.findIndex((known) => known !== null && (isSameBox(known.box, replaces?.box ?? box) || isSameBox(known.box, box)));
}

function isSameBox(a: RegionBox, b: RegionBox): boolean {
  const differences = [a.x - b.x, a.y - b.y, a.x + a.width - b.x - b.width, a.y + a.height - b.y - b.height];
  return differences.every((difference) => Math.abs(difference) <= SAME_BOX_PIXELS);
}

/** The entries of a list of regions; with `make`, the list is made when missing. */
function itemsOf(
  document: XmpDocument,
  propertyName: string,
  listName: string,
  make: boolean,
): { list: Element; items: Element[] } | null {
  if (!make && document.property(propertyName) === null) return null;
  const property = document.ensureProperty(propertyName);
  if (childElements(property).length === 0 && property.attributes.length === 0) asStructure(property);
  const structure = structureOf(property);
  const listProperty = childElements(structure).find((child) => child.localName === listName.split(':')[1]);
  const list = document.ensureList(listProperty ?? document.add(structure, listName));
  return { list, items: childElements(list) };
}

function asStructure(element: Element): void {
  element.setAttributeNS('http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf:parseType', 'Resource');
}

function addMwgRegion(document: XmpDocument, list: Element, share: Share): Element {
  const item = document.add(list, 'rdf:li');
  asStructure(item);
  const area = document.add(item, 'mwg-rs:Area');
  // MWG counts from the centre.
  setField(document, area, 'stArea:x', digits(share.x + share.width / 2));
  setField(document, area, 'stArea:y', digits(share.y + share.height / 2));
  setField(document, area, 'stArea:w', digits(share.width));
  setField(document, area, 'stArea:h', digits(share.height));
  setField(document, area, 'stArea:unit', 'normalized');
  setField(document, item, 'mwg-rs:Type', 'Face');
  return item;
}

function addMicrosoftRegion(document: XmpDocument, list: Element, share: Share): Element {
  const item = document.add(list, 'rdf:li');
  asStructure(item);
  const rectangle = [share.x, share.y, share.width, share.height].map(digits).join(', ');
  setField(document, item, 'MPReg:Rectangle', rectangle);
  return item;
}

function digits(share: number): string {
  return share.toFixed(SHARE_DIGITS);
}

/** Says which picture the shares are of, unless the list says so already. */
function stateDimensions(document: XmpDocument, { storedWidth, storedHeight }: RegionFrame): void {
  const structure = structureOf(document.ensureProperty('mwg-rs:Regions'));
  if (childElements(structure).some((child) => child.localName === 'AppliedToDimensions')) return;
  const dimensions = document.add(structure, 'mwg-rs:AppliedToDimensions');
  setField(document, dimensions, 'stDim:w', String(storedWidth));
  setField(document, dimensions, 'stDim:h', String(storedHeight));
  setField(document, dimensions, 'stDim:unit', 'pixel');
}

function removeItem(item: Element | undefined): void {
  item?.parentNode?.removeChild(item);
}

/** Adds texts to a list that lacks them and takes outdated ones off. */
function rewriteList(
  document: XmpDocument,
  property: string,
  present: readonly string[],
  added: readonly string[],
  outdated: ReadonlySet<string>,
): void {
  const wanted = new Set([...present.filter((text) => !outdated.has(text)), ...added]);
  if (wanted.size === present.length && present.every((text) => wanted.has(text))) return;
  const list = document.ensureList(document.ensureProperty(property));
  for (const item of childElements(list)) if (!wanted.has((item.textContent ?? '').trim())) removeItem(item);
  for (const text of wanted) {
    if (!present.includes(text)) document.add(list, 'rdf:li').textContent = text;
  }
}
