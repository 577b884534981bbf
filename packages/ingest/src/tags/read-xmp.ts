import type { Buffer } from 'node:buffer';
import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import { RDF_NAMESPACE, XML_NAMESPACE, XMLNS_NAMESPACE, XMP_PREFIXES } from './xmp-namespaces.ts';

/** An XMP value: text, a list (Bag, Seq), or a structure. Language alternatives are the default language's text. */
export type XmpValue = string | XmpValue[] | XmpTags;
/** Properties by `prefix:Name`, with the prefixes of `XMP_PREFIXES` whatever the document uses. */
export interface XmpTags {
  [name: string]: XmpValue;
}

/** Marks (`<`, `=`) in one packet. Lightroom masks make tens of thousands; a bomb of 4 MB would hold a million elements. */
const MAX_MARKS = 150_000;

/** Structures inside structures; face regions need 6. */
const MAX_DEPTH = 24;

/** Reads an XMP packet. Text that is not XMP gives no tags. XMP specification part 1 (ISO 16684-1), chapter 7 */
export function readXmp(packet: Buffer): XmpTags {
  const xml = xmlOf(packet);
  const tags: XmpTags = {};
  if (xml === null) return tags;
  try {
    const document = new DOMParser({ onError: () => {} }).parseFromString(xml, 'text/xml');
    for (const description of Array.from(document.getElementsByTagNameNS(RDF_NAMESPACE, 'Description'))) {
      if (isTopLevel(description)) Object.assign(tags, readProperties(description, 0));
    }
  } catch {
    return tags; // not well-formed beyond repair: the photo is worth more than its XMP
  }
  return tags;
}

/** The text of a packet; null for one that is none, or too much to parse. */
export function xmlOf(packet: Buffer): string | null {
  const [first = 0, second = 0] = packet;
  const isUtf16 = first === 0 || second === 0 || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const isBigEndian = first === 0 || first === 0xfe;
  const text = isUtf16 ? new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le').decode(packet) : packet.toString('utf8');
  const start = text.indexOf('<');
  const end = text.lastIndexOf('>');
  if (start < 0 || end < start) return null;
  const xml = text.slice(start, end + 1);
  const marks = xml.split('<').length + xml.split('=').length;
  return marks > MAX_MARKS || xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY') ? null : xml;
}

function isTopLevel(description: Element): boolean {
  const parent = description.parentNode;
  return parent !== null && isElement(parent) && parent.namespaceURI === RDF_NAMESPACE && parent.localName === 'RDF';
}

/** The properties of a structure: attributes and child elements alike. */
function readProperties(element: Element, depth: number): XmpTags {
  const tags: XmpTags = {};
  for (const attribute of Array.from(element.attributes)) {
    const name = nameOf(attribute);
    if (name !== null) tags[name] = attribute.value;
  }
  for (const child of childElements(element)) {
    const name = nameOf(child);
    const value = name === null ? null : readValue(child, depth + 1);
    if (name !== null && value !== null) tags[name] = value;
  }
  return tags;
}

function readValue(element: Element, depth: number): XmpValue | null {
  if (depth > MAX_DEPTH) return null;
  const children = childElements(element);
  const [first] = children;
  if (element.getAttributeNS(RDF_NAMESPACE, 'parseType') === 'Resource') return readProperties(element, depth);
  if (first?.namespaceURI === RDF_NAMESPACE) {
    if (first.localName === 'Description') return readProperties(first, depth);
    const items = childElements(first).filter((item) => item.localName === 'li');
    if (first.localName === 'Alt') return readAlternative(items);
    if (first.localName === 'Bag' || first.localName === 'Seq') {
      return items.map((item) => readValue(item, depth + 1)).filter((value) => value !== null);
    }
  }
  const resource = element.getAttributeNS(RDF_NAMESPACE, 'resource');
  if (resource !== null) return resource;
  const properties = readProperties(element, depth);
  return Object.keys(properties).length > 0 ? properties : (element.textContent ?? '').trim();
}

function readAlternative(items: Element[]): string {
  const preferred = items.find((item) => item.getAttributeNS(XML_NAMESPACE, 'lang') === 'x-default') ?? items[0];
  return (preferred?.textContent ?? '').trim();
}

export function childElements(element: Element): Element[] {
  return Array.from(element.childNodes).filter(isElement);
}

function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE;
}

/** `prefix:Name`; null for the syntax of RDF and XML itself. */
function nameOf(node: { namespaceURI: string | null; localName: string | null; prefix: string | null }): string | null {
  const { namespaceURI, localName, prefix } = node;
  if (namespaceURI === null || localName === null || [RDF_NAMESPACE, XML_NAMESPACE, XMLNS_NAMESPACE].includes(namespaceURI))
    return null;
  return `${XMP_PREFIXES[namespaceURI] ?? prefix ?? ''}:${localName}`;
}

/** A property as trimmed text; of a list, its first entry. Null when it is missing, blank or a structure. */
export function xmpText(tags: XmpTags, name: string): string | null {
  const value = tags[name];
  const first = Array.isArray(value) ? value[0] : value;
  const text = typeof first === 'string' ? first.trim() : '';
  return text === '' ? null : text;
}

/** A property as a finite number; XMP writes most numbers of EXIF as fractions, `1/250`. */
export function xmpNumber(tags: XmpTags, name: string): number | null {
  const match = /^(-?[\d.]+)(?:\/(\d+))?$/.exec(xmpText(tags, name) ?? '');
  const number = match === null ? Number.NaN : Number(match[1]) / Number(match[2] ?? 1);
  return Number.isFinite(number) ? number : null;
}

/** A property as a list of texts. */
export function xmpList(tags: XmpTags, name: string): string[] {
  const value = tags[name];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string').flatMap((item) => item.trim() || []);
}
