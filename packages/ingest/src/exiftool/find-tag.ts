import { cleanText } from '../tags/sanitize.ts';
import type { ExiftoolTags } from './exiftool.ts';

/** What exiftool says of the file system and of itself. */
const ABOUT_THE_FILE = /^(|System|ExifTool|File)$/;

/** A tag and the group that it stands in. */
export interface FoundTag {
  group: string;
  value: unknown;
}

/** Every tag of a name, in the order of the file. */
export function findTags(tags: ExiftoolTags, name: string, isGroup: (group: string) => boolean = isContent): FoundTag[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    const group = groupOfTag(key);
    return key === `${group}:${name}` && isGroup(group) ? [{ group, value }] : [];
  });
}

/** The group of a tag; empty for what is no tag: the file's name, and notes on the reading. */
export function groupOfTag(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(':')));
}

/** The first text of a name that says something. A number is no text: of cameras' names exiftool gives the codes of some makers. */
export function findText(tags: ExiftoolTags, ...names: string[]): string | null {
  for (const name of names) {
    for (const { value } of findTags(tags, name)) {
      const text = typeof value === 'string' && !isBinary(value) ? cleanText(value) : null;
      if (text !== null) return text;
    }
  }
  return null;
}

/** The first number of a name. */
export function findNumber(tags: ExiftoolTags, ...names: string[]): number | null {
  for (const name of names) {
    for (const { value } of findTags(tags, name)) {
      if (typeof value === 'number' && Number.isFinite(value)) return value;
    }
  }
  return null;
}

/** The texts of a name, whether a list, several tags, or words between commas. */
export function findList(tags: ExiftoolTags, name: string): string[] {
  const values = findTags(tags, name).flatMap(({ value }) => (Array.isArray(value) ? value : [value]));
  return values.filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
}

/** exiftool puts a number for what looks like one, also in texts. */
export function textAt(tags: ExiftoolTags, key: string): string | null {
  const value = tags[key];
  return typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : null;
}

/** What stands for a value that is no text. */
const BINARY = /^\(Binary data (\d+) bytes/;

export function isBinary(value: unknown): boolean {
  return typeof value === 'string' && BINARY.test(value);
}

/** Bytes of a value that is no text; 0 for any other. */
export function binaryBytes(value: unknown): number {
  return typeof value === 'string' ? Number(BINARY.exec(value)?.[1] ?? 0) : 0;
}

export function isContent(group: string): boolean {
  return !ABOUT_THE_FILE.test(group);
}
