import { Buffer } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import type { Exiftool, ExiftoolTags } from '../exiftool/exiftool.ts';
import { openScratchFolder } from '../files/scratch-folder.ts';
import { IngestError } from '../model/ingest-error.ts';
import type { RegionFrame } from '../tags/region-placement.ts';
import { editRegions, type RegionEdit } from './edit-regions.ts';
import type { EditedSidecar } from './edited-sidecar.ts';
import { XmpDocument } from './xmp-document.ts';

/** What a list of named faces consists of, in exiftool's words. */
const REGIONS = ['XMP-mwg-rs:all', 'XMP-MP:all', 'XMP-iptcExt:PersonInImage'];
const KEYWORDS = 'XMP-dc:Subject';

/** Tags that an edit may change: those, and the program that wrote the file last. */
const EDITED = /^XMP-(mwg-rs|MP|x)(:Copy\d+)?:|^XMP-iptcExt(:Copy\d+)?:PersonInImage$|^XMP-dc(:Copy\d+)?:Subject$/;

/** exiftool takes an empty list for one that holds a blank. */
const EMPTY_LIST = /<([\w:-]+)>\s*<rdf:(Bag|Seq)(?:\/>|>\s*<\/rdf:\2>)\s*<\/\1>/g;

/**
 * Edits a sidecar that is too much, or not well-formed enough, for `editRegions`: exiftool cuts the names of faces out of it, they are edited by
 * themselves, and exiftool puts them back.
 *
 * @returns null where exiftool refuses the sidecar, too, or would lose something of it
 */
export async function editWithExiftool(
  exiftool: Exiftool,
  sidecar: Buffer,
  edit: RegionEdit,
  frame: RegionFrame,
  signal?: AbortSignal,
): Promise<EditedSidecar | null> {
  const tags = edit.keywords === null ? REGIONS : [...REGIONS, KEYWORDS];
  try {
    const names = await exiftool.replaceTags(sidecar, Buffer.from(XmpDocument.empty().toString()), tags, signal);
    const document = XmpDocument.parse(names);
    const before = document?.toString();
    const boxes = document && editRegions(document, edit, frame);
    if (document === null || boxes === null) return null;
    const after = document.toString();
    if (after === before) return { boxes, bytes: null };
    const bytes = await exiftool.replaceTags(Buffer.from(after.replace(EMPTY_LIST, '')), sidecar, tags, signal);
    const [was, is] = [await otherTags(exiftool, sidecar, signal), await otherTags(exiftool, bytes, signal)];
    return isDeepStrictEqual(was, is) ? { boxes, bytes } : null;
  } catch (error) {
    signal?.throwIfAborted();
    // exiftool speaks of its copies; who reads the message knows the sidecar.
    if (IngestError.isInstance(error) || isRefusal(error)) return null;
    throw error;
  }
}

/** Everything else in a sidecar, also what stands there twice. */
async function otherTags(exiftool: Exiftool, sidecar: Buffer, signal?: AbortSignal): Promise<ExiftoolTags> {
  await using scratch = await openScratchFolder();
  const tags = await exiftool.read(await scratch.write('sidecar.xmp', sidecar), ['-G1:4', '-XMP:all'], signal);
  const others = Object.entries(tags).filter(([key]) => key.startsWith('XMP-') && !EDITED.test(key));
  return Object.fromEntries(others);
}

/** A failed system call has a code; what exiftool says has none. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && !('code' in error);
}
