import type {
  ChangeOfPhoto,
  ChangeOfRejection,
  FaceState,
  IdentityChange,
  IgnoredState,
  LabelState,
  PairState,
  PersonState,
} from './identity-change.ts';

/** What the library knows about identities at one moment. */
export interface IdentityState {
  /** By face. */
  readonly labels: Map<string, LabelState>;
  /** By face: the people it is not. */
  readonly rejections: Map<string, Set<string>>;
  /** Faces set aside, and why. */
  readonly ignored: Map<string, IgnoredState>;
  /** By photo: who is on it by a word about the photo as a whole. */
  readonly photos: Map<string, Set<string>>;
  /** By id. */
  readonly people: Map<string, PersonState>;
  /** By id. */
  readonly faces: Map<string, FaceState>;
  /** By the ids of two faces, the lower first, with a space between. */
  readonly pairs: Map<string, PairState>;
}

export function emptyState(): IdentityState {
  return {
    labels: new Map(),
    rejections: new Map(),
    ignored: new Map(),
    photos: new Map(),
    people: new Map(),
    faces: new Map(),
    pairs: new Map(),
  };
}

/** Replays one change on `state`. */
export function foldChange(state: IdentityState, change: IdentityChange): void {
  switch (change.subject) {
    case 'label':
      put(state.labels, change.faceId, change.after);
      return;
    case 'person':
      put(state.people, change.personId, change.after);
      return;
    case 'ignored':
      put(state.ignored, change.faceId, change.after?.ignored ? change.after : null);
      return;
    case 'face':
      put(state.faces, change.faceId, change.after);
      return;
    case 'pair':
      put(state.pairs, `${change.faceId} ${change.otherFaceId}`, change.after);
      return;
    case 'rejection':
      putPerson(state.rejections, change.faceId, change);
      return;
    case 'photo':
      putPerson(state.photos, change.photoId, change);
  }
}

function putPerson(map: Map<string, Set<string>>, key: string, { personId, after }: ChangeOfRejection | ChangeOfPhoto): void {
  const people = new Set(map.get(key));
  if (after) people.add(personId);
  else people.delete(personId);
  put(map, key, people.size > 0 ? people : null);
}

function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | null): void {
  if (value === null) map.delete(key);
  else map.set(key, value);
}
