import { PICASA_INI } from '../files/ignored-names.ts';
import type { XmpTags } from '../tags/read-xmp.ts';
import type { RegionFrame } from '../tags/region-placement.ts';
import { type Share, turnBack } from '../tags/region-share.ts';

/** The one of these names that Picasa keeps what it knows of the photos in; null for none. */
export function findPicasaIni(siblings: ReadonlySet<string>): string | null {
  return PICASA_INI.find((name) => siblings.has(name)) ?? null;
}

/** Faces of one photo, as Picasa has them. */
export interface PicasaFaces {
  readonly faces: readonly { readonly name: string; readonly share: Share }[];
  /** It shows the photo turned or cut without having changed the file: the boxes are not those of the file. */
  readonly isReframed: boolean;
}

type Section = ReadonlyMap<string, string>;

/** The named faces of a photo; null where the file says nothing of any. Names come from the contacts that stand in the file itself. */
export function readPicasaFaces(ini: string, photo: string): PicasaFaces | null {
  const sections = readSections(ini);
  const section = sections.get(photo.toLowerCase());
  const faces = section?.get('faces');
  if (section === undefined || faces === undefined) return null;
  const named = faces.split(';').flatMap((face) => {
    const [, rect, contact] = /rect64\(([\da-f]{1,16})\),([\da-f]{1,16})/i.exec(face) ?? [];
    const name = contact === undefined ? null : nameOf(sections, contact.toLowerCase());
    return name === null || name === undefined ? [] : [{ name, share: toShare(rect!) }];
  });
  const turn = section.get('rotate') ?? 'rotate(0)';
  const isReframed = turn !== 'rotate(0)' || section.has('crop') || /crop64=/.test(section.get('filters') ?? '');
  return named.length === 0 ? null : { faces: named, isReframed };
}

function readSections(ini: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | null = null;
  for (const line of ini.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const title = /^\s*\[(.+)\]\s*$/.exec(line)?.[1]?.toLowerCase();
    if (title !== undefined) {
      section = sections.get(title) ?? new Map();
      sections.set(title, section);
    }
    const [, key, value] = (title === undefined && /^([^=]+)=(.*)$/.exec(line)) || [];
    if (key !== undefined) section?.set(key.trim().toLowerCase(), value!.trim());
  }
  return sections;
}

/** `id=name;address;`: in `[Contacts2]`, and in `[Contacts]` of older versions. */
function nameOf(sections: ReadonlyMap<string, Section>, contact: string): string | null {
  const entry = sections.get('contacts2')?.get(contact) ?? sections.get('contacts')?.get(contact);
  return entry?.split(';')[0]?.trim() || null;
}

/** Four numbers of 16 bits: left, top, right, bottom. Picasa leaves leading zeros out. */
function toShare(rect: string): Share {
  const [left, top, right, bottom] = rect
    .padStart(16, '0')
    .match(/.{4}/g)!
    .map((digits) => Number.parseInt(digits, 16) / 65_535);
  return { x: left!, y: top!, width: right! - left!, height: bottom! - top! };
}

/**
 * The same as a sidecar would say it. Boxes are of the picture as it is stored, but of RAW files as they are shown
 * (https://github.com/exiftool/exiftool/blob/master/config_files/picasa_faces.config).
 */
export function picasaXmp({ faces, isReframed }: PicasaFaces, frame: RegionFrame, isRaw: boolean): XmpTags {
  if (isReframed) return { 'Iptc4xmpExt:PersonInImage': faces.map(({ name }) => name) };
  const regions = faces.map(({ name, share }): XmpTags => {
    const { x, y, width, height } = isRaw ? turnBack(share, frame.orientation) : share;
    return {
      'mwg-rs:Name': name,
      'mwg-rs:Type': 'Face',
      'mwg-rs:Area': {
        'stArea:x': `${x + width / 2}`,
        'stArea:y': `${y + height / 2}`,
        'stArea:w': `${width}`,
        'stArea:h': `${height}`,
      },
    };
  });
  return { 'xmp:CreatorTool': 'Picasa', 'mwg-rs:Regions': { 'mwg-rs:RegionList': regions } };
}
