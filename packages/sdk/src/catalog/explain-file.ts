import type { FileEvent, FileStory } from '../model/files.ts';

/** What became of a file, in sentences, oldest first. */
export function explainFile({
  addedAt,
  copies,
  events,
  missingSince,
}: Pick<FileStory, 'addedAt' | 'copies' | 'events' | 'missingSince'>): string[] {
  const sentences = events.map(explainEvent);
  const first = events[0]?.kind;
  if (first !== 'copied') sentences.unshift(`Found on ${dayOf(addedAt)}.`);
  if (missingSince === null && copies.length > 0) sentences.push(`The same content lies at ${listOf(copies)}, too.`);
  return sentences;
}

function explainEvent({ kind, otherPath, otherPhotoId, at }: FileEvent): string {
  const day = dayOf(at);
  const kept = `what it held before is kept as photo ${otherPhotoId}`;
  switch (kind) {
    case 'copied':
      return `Found on ${day}, a duplicate of ${otherPath}.`;
    case 'moved':
      return `Moved from ${otherPath}, as seen on ${day}.`;
    case 'edited':
      if (otherPhotoId === null) return `Edited in place, as seen on ${day}: it is the same photo.`;
      return `Edited in place, as seen on ${day}: ${kept}.`;
    case 'replaced':
      return otherPath === null
        ? `Replaced by another file, as seen on ${day}: ${kept}.`
        : `Replaced by a duplicate of ${otherPath}, as seen on ${day}: ${kept}.`;
    case 'missing':
      return `Not there any more, as seen on ${day}.`;
    case 'restored':
      return `Back again with the same content, as seen on ${day}.`;
  }
}

const MOST_COPIES = 3;

function listOf(paths: readonly string[]): string {
  const more = paths.length > MOST_COPIES ? ` and ${paths.length - MOST_COPIES} more places` : '';
  return `${paths.slice(0, MOST_COPIES).join(', ')}${more}`;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
