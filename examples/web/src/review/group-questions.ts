import type { ReviewItemResource } from '@photoorg/example-api/schemas';
import type { KnownPerson } from '../labelling/decision.ts';

/** Questions with the same most likely answer. */
export interface QuestionGroup {
  /** Null: faces that look like nobody with a name. */
  person: KnownPerson | null;
  /** The confirmed face of that person nearest to the surest question. */
  exampleFaceId: string | null;
  items: ReviewItemResource[];
}

/**
 * Questions gathered by who is most likely, the largest group first and the faces without a likely one last; within a group
 * the surest first. A person stands in a photo once, so of two faces in one photo only the surer one joins the group.
 */
export function groupQuestions(items: readonly ReviewItemResource[]): QuestionGroup[] {
  const groups = new Map<string | null, QuestionGroup>();
  for (const item of [...items].sort((a, b) => bestConfidence(b) - bestConfidence(a))) {
    const best = item.suggestions[0];
    const person = best && best.action !== 'leave_unknown' ? best.person : null;
    const key = person?.personId ?? null;
    const group = groups.get(key) ?? { person, exampleFaceId: (person && best?.nearestFaceId) ?? null, items: [] };
    groups.set(key, group);
    const isSecondInPhoto = person !== null && group.items.some(({ photo }) => photo.photoId === item.photo.photoId);
    if (!isSecondInPhoto) group.items.push(item);
  }
  return [...groups.values()].sort(
    (a, b) => Number(a.person === null) - Number(b.person === null) || b.items.length - a.items.length,
  );
}

function bestConfidence({ suggestions }: ReviewItemResource): number {
  return suggestions[0]?.confidence ?? 0;
}

/** From it on ("very likely") a face is chosen to begin with; one press must not name a face that is only a guess. */
const chosenConfidence = 0.8;

/** The faces of a group that begin as left out. */
export function leftOutAtFirst({ person, items }: QuestionGroup): string[] {
  return items.filter((item) => person === null || bestConfidence(item) < chosenConfidence).map(({ face }) => face.faceId);
}
