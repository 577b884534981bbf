import type { LabelChangeResource } from '@photoorg/example-api/schemas';
import { clearLabel, confirmFace, confirmFaces, ignoreFaces, rejectPerson } from '../api/library-api.ts';
import { findOrCreatePerson } from './find-or-create-person.ts';
import { type ShownLabels, writeOverShown } from './label-conflict.ts';

export interface NamedPerson {
  /** Null: whoever has this name, created if the library knows nobody of that name. */
  personId: string | null;
  displayName: string;
}

export interface KnownPerson extends NamedPerson {
  personId: string;
}

/** What a person can decide about faces, by what was shown of them. */
export type Decision = { shown?: ShownLabels } & (
  | { kind: 'confirm'; faceIds: string[]; person: NamedPerson; allowSamePhoto?: boolean }
  | { kind: 'reject'; faceId: string; person: KnownPerson }
  | { kind: 'clear'; faceId: string }
  | { kind: 'ignore'; faceIds: string[]; ignored?: boolean }
);

/**
 * Writes the decision, in the name of `actor`; the answer's `batchId` takes it back. What somebody else said since it was shown is not
 * overwritten: the problem LABEL_CHANGED tells of it.
 */
export async function takeDecision(decision: Decision, actor: string): Promise<LabelChangeResource> {
  return writeOverShown(decision.shown, (shown) => write(decision, actor, shown));
}

async function write(decision: Decision, actor: string, revisions: ShownLabels | undefined): Promise<LabelChangeResource> {
  switch (decision.kind) {
    case 'confirm': {
      const { faceIds, person, allowSamePhoto } = decision;
      const personId = person.personId ?? (await findOrCreatePerson(person.displayName, actor));
      const [faceId] = faceIds;
      return faceId !== undefined && faceIds.length === 1
        ? confirmFace({ faceId, personId, actor, allowSamePhoto, revision: revisions?.[faceId] })
        : confirmFaces({ faceIds, personId, actor, revisions });
    }
    case 'reject': {
      const { faceId, person } = decision;
      return rejectPerson({ faceId, personId: person.personId, actor, revision: revisions?.[faceId] });
    }
    case 'clear':
      return clearLabel({ faceId: decision.faceId, actor, revision: revisions?.[decision.faceId] ?? undefined });
    case 'ignore':
      return ignoreFaces({ faceIds: decision.faceIds, ignored: decision.ignored, actor, revisions });
  }
}

/** What was done, for notices and screen readers. */
export function describeDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'confirm':
      return decision.faceIds.length === 1
        ? `Named ${decision.person.displayName}`
        : `Named ${decision.faceIds.length} faces ${decision.person.displayName}`;
    case 'reject':
      return `Noted: not ${decision.person.displayName}`;
    case 'clear':
      return 'Left as an unknown person';
    case 'ignore': {
      const who = decision.faceIds.length === 1 ? 'a stranger' : `${decision.faceIds.length} strangers`;
      return decision.ignored === false ? `Brought back ${who}` : `Ignored ${who}`;
    }
  }
}
