import type { Buffer } from 'node:buffer';
import type { Exiftool } from '../exiftool/exiftool.ts';
import type { RegionFrame } from '../tags/region-placement.ts';
import { editRegions, type RegionEdit } from './edit-regions.ts';
import { editWithExiftool } from './edit-with-exiftool.ts';
import type { EditedSidecar } from './edited-sidecar.ts';
import { XmpDocument } from './xmp-document.ts';

/**
 * Names faces in a sidecar, or in a new one.
 *
 * @param sidecar null: there is none
 * @returns null for one that cannot be edited without loss
 */
export async function editSidecar(
  sidecar: Buffer | null,
  edit: RegionEdit,
  frame: RegionFrame,
  { exiftool, signal }: { exiftool: Exiftool | undefined; signal?: AbortSignal },
): Promise<EditedSidecar | null> {
  const document = sidecar === null ? XmpDocument.empty() : XmpDocument.parse(sidecar);
  const before = document?.toString();
  const boxes = document && editRegions(document, edit, frame);
  if (document !== null && boxes !== null) {
    const after = document.toString();
    return { boxes, bytes: after === before ? null : after };
  }
  return exiftool && sidecar ? await editWithExiftool(exiftool, sidecar, edit, frame, signal) : null;
}
