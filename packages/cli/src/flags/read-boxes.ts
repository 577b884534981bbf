import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { PhotoorgError } from '@photoorg/errors';

/** A face box as dlib writes it: pixels of the upright image, right and bottom belong to the box. */
export type EdgeBox = readonly [left: number, top: number, right: number, bottom: number];

/** The boxes of a file given by `--boxes` cannot be read. */
export class BoxesError extends PhotoorgError<'INVALID_INPUT'> {
  constructor(message: string) {
    super({ code: 'INVALID_INPUT', message });
  }
}

/** Boxes to use for an image; empty when the file names none for it. */
export type BoxesOf = (image: string) => EdgeBox[];

/**
 * Reads given face boxes, each `[left, top, right, bottom]`, in one of three forms: a JSON array of boxes, for every image; lines
 * of JSON, each `{"file": …, "boxes": [box, …]}` or `{"file": …, "faces": [{"box": box}, …]}`, found by path or else by name; or lines of four numbers, for every image.
 *
 * @throws BoxesError naming the line that cannot be read
 */
export async function readBoxes(file: string): Promise<BoxesOf> {
  const text = await readFile(file, 'utf8');
  const whole = parseJson(text);
  if (Array.isArray(whole)) {
    const boxes = whole.map((box) => toBox(box, file));
    return () => boxes;
  }
  const lines = text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [{ line, place: `${file}, line ${i + 1}` }]));
  if (!lines[0]?.line.trimStart().startsWith('{')) {
    const boxes = lines.map(({ line, place }) =>
      toBox(
        line
          .trim()
          .split(/[\s,]+/)
          .map(Number),
        place,
      ),
    );
    return () => boxes;
  }
  const entries = lines.map(({ line, place }) => toEntry(parseJson(line), place));
  return (image) =>
    (
      entries.find((entry) => resolve(entry.file) === resolve(image)) ??
      entries.find((entry) => basename(entry.file) === basename(image))
    )?.boxes ?? [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toEntry(value: unknown, place: string): { file: string; boxes: EdgeBox[] } {
  if (!isRecord(value) || typeof value.file !== 'string') throw new BoxesError(`Expected {"file": …, "boxes": […]} in ${place}.`);
  const { file, boxes, faces } = value;
  if (Array.isArray(boxes)) return { file, boxes: boxes.map((box) => toBox(box, place)) };
  if (Array.isArray(faces)) return { file, boxes: faces.map((face) => toBox(isRecord(face) ? face.box : face, place)) };
  throw new BoxesError(`Expected a list "boxes" or "faces" in ${place}.`);
}

function toBox(value: unknown, place: string): EdgeBox {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(Number.isFinite)) {
    throw new BoxesError(`Expected four numbers (left, top, right, bottom) in ${place} but received ${JSON.stringify(value)}.`);
  }
  const [left, top, right, bottom] = value as [number, number, number, number];
  if (right < left || bottom < top)
    throw new BoxesError(`Expected left <= right and top <= bottom in ${place} but received ${value}.`);
  return [left, top, right, bottom];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
