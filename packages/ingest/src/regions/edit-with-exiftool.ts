import type { Buffer } from 'node:buffer';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Exiftool, ExiftoolTags } from '../exiftool/exiftool.ts';
import { IngestError } from '../ingest-error.ts';
import type { RegionFrame } from '../metadata/face-regions.ts';
import { editRegions, type RegionEdit } from './edit-regions.ts';
import type { EditedSidecar } from './edit-sidecar.ts';
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
 * themselves, and exiftool puts them back. It works on copies.
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
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-sidecar-'));
  const [whole, names] = [join(folder, 'whole.xmp'), join(folder, 'names.xmp')];
  const tags = edit.keywords === null ? REGIONS : [...REGIONS, KEYWORDS];
  try {
    await writeFile(whole, sidecar);
    const others = await otherTags(exiftool, whole, signal);
    await writeFile(names, XmpDocument.empty().toString());
    await exiftool.replaceTags(whole, names, tags, signal);
    const document = XmpDocument.parse(await readFile(names));
    const before = document?.toString();
    const boxes = document && editRegions(document, edit, frame);
    if (document === null || boxes === null) return null;
    if (document.toString() === before) return { boxes, bytes: null };
    await writeFile(names, document.toString().replace(EMPTY_LIST, ''));
    await exiftool.replaceTags(names, whole, tags, signal);
    if (!isDeepStrictEqual(await otherTags(exiftool, whole, signal), others)) return null;
    return { boxes, bytes: await readFile(whole) };
  } catch (error) {
    signal?.throwIfAborted();
    // exiftool speaks of the copies; who reads the message knows the sidecar.
    if (IngestError.isInstance(error) || isRefusal(error)) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything else in a sidecar, also what stands there twice. */
async function otherTags(exiftool: Exiftool, sidecar: string, signal?: AbortSignal): Promise<ExiftoolTags> {
  const tags = await exiftool.read(sidecar, ['-G1:4', '-XMP:all'], signal);
  const others = Object.entries(tags).filter(([key]) => key.startsWith('XMP-') && !EDITED.test(key));
  return Object.fromEntries(others);
}

/** A failed system call has a code; what exiftool says has none. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && !('code' in error);
}
