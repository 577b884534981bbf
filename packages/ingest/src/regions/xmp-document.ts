import type { Buffer } from 'node:buffer';
import { DOMParser, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import { childElements, xmlOf } from '../tags/read-xmp.ts';
import { RDF_NAMESPACE, XMP_PREFIXES } from '../tags/xmp-namespaces.ts';

const EMPTY = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="photoorg">
 <rdf:RDF xmlns:rdf="${RDF_NAMESPACE}">
  <rdf:Description rdf:about=""/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;

const NAMESPACES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(XMP_PREFIXES).map(([namespace, prefix]) => [prefix, namespace]),
);

/** An XMP packet that is edited in place: whatever is not touched stays as it was. Properties are named as in `XMP_PREFIXES`. */
export class XmpDocument {
  readonly #document: Document;

  private constructor(document: Document) {
    this.#document = document;
  }

  static empty(): XmpDocument {
    return new XmpDocument(new DOMParser().parseFromString(EMPTY, 'text/xml'));
  }

  /** null for what is no well-formed XMP: that can be read in part, but not be written again without loss. */
  static parse(packet: Buffer): XmpDocument | null {
    const xml = xmlOf(packet);
    if (xml === null) return null;
    let isDamaged = false;
    const onError = () => {
      isDamaged = true;
    };
    try {
      const document = new XmpDocument(new DOMParser({ onError }).parseFromString(xml, 'text/xml'));
      return isDamaged || document.#descriptions().length === 0 ? null : document;
    } catch {
      return null;
    }
  }

  /** A property of the photo itself; of several the last, as readers take it. */
  property(name: string): Element | null {
    const elements = this.#descriptions().flatMap((description) => fields(description, name));
    return elements.at(-1) ?? null;
  }

  /** The same, made when missing. */
  ensureProperty(name: string): Element {
    return this.property(name) ?? this.add(this.#descriptions()[0]!, name);
  }

  /** Appends an element. */
  add(parent: Element, name: string): Element {
    const element = this.#document.createElementNS(namespaceOf(name), name);
    parent.appendChild(element);
    return element;
  }

  /** The RDF container of a property that is a list, made when missing. */
  ensureList(property: Element): Element {
    const list = childElements(property).find(({ localName }) => localName === 'Bag' || localName === 'Seq');
    return list ?? this.add(property, 'rdf:Bag');
  }

  toString(): string {
    return new XMLSerializer().serializeToString(this.#document);
  }

  #descriptions(): Element[] {
    return Array.from(this.#document.getElementsByTagNameNS(RDF_NAMESPACE, 'RDF')).flatMap((rdf) =>
      childElements(rdf).filter(({ namespaceURI, localName }) => namespaceURI === RDF_NAMESPACE && localName === 'Description'),
    );
  }
}

/** The fields of a structure that are elements. */
export function fields(structure: Element, name: string): Element[] {
  const [, localName] = name.split(':');
  return childElements(structure).filter((child) => child.namespaceURI === namespaceOf(name) && child.localName === localName);
}

/** Where a structure keeps its fields: RDF writes them into the element or into a description inside it. */
export function structureOf(element: Element): Element {
  const description = childElements(element).find(
    ({ namespaceURI, localName }) => namespaceURI === RDF_NAMESPACE && localName === 'Description',
  );
  return description ?? element;
}

/** Gives a field a text, in whichever of RDF's spellings the structure uses. */
export function setField(document: XmpDocument, structure: Element, name: string, value: string): void {
  const [, localName] = name.split(':');
  const [element] = fields(structure, name);
  const isAttribute = structure.hasAttributeNS(namespaceOf(name), localName!);
  const isShort = childElements(structure).length === 0 && structure.getAttributeNS(RDF_NAMESPACE, 'parseType') === null;
  if (element) element.textContent = value;
  else if (isAttribute || isShort) structure.setAttributeNS(namespaceOf(name), name, value);
  else document.add(structure, name).textContent = value;
}

function namespaceOf(name: string): string {
  const [prefix] = name.split(':');
  return prefix === 'rdf' ? RDF_NAMESPACE : NAMESPACES[prefix!]!;
}
