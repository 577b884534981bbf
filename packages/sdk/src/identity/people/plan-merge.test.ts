import { describe, expect, test } from 'vitest';
import { isEffective } from '../identity-change.ts';
import { type FaceOfEither, planMerge } from './plan-merge.ts';

const face = (
  faceId: string,
  person: 'from' | 'into' | null,
  source = 'human_confirmed',
  rest: Partial<FaceOfEither> = {},
): FaceOfEither => ({
  faceId,
  photoId: 'photo',
  label: person && { personId: person, source: source as 'imported', confidence: 0.9, samePhotoAllowed: false },
  isNotFrom: false,
  isNotInto: false,
  ...rest,
});

function merged(faces: FaceOfEither[], allowSamePhoto = false) {
  const plan = planMerge(faces, { fromId: 'from', intoId: 'into', allowSamePhoto });
  const changes = plan.changes.filter(isEffective).map((change) => {
    if (change.subject === 'label') return `${change.faceId} ${change.after ? `is ${change.after.personId}` : 'has no label'}`;
    return change.subject === 'rejection' && `${change.faceId} ${change.after ? 'is not' : 'may be'} ${change.personId}`;
  });
  return { changes, moved: plan.movedFaces, conflicts: plan.conflictingPhotoIds };
}

describe('planning a merge', () => {
  test.each([
    { desc: 'a label moves', faces: [face('a', 'from')], changes: ['a is into'] },
    { desc: 'a rejection moves', faces: [face('a', null, '', { isNotFrom: true })], changes: ['a may be from', 'a is not into'] },
    {
      desc: 'a rejection of both becomes one',
      faces: [face('a', null, '', { isNotFrom: true, isNotInto: true })],
      changes: ['a may be from'],
    },
    {
      desc: 'a confirmation outweighs a rejection',
      faces: [face('a', 'from', 'human_confirmed', { isNotInto: true })],
      changes: ['a is into', 'a may be into'],
    },
    {
      desc: 'a rejection outweighs an import',
      faces: [face('a', 'from', 'imported', { isNotInto: true })],
      changes: ['a has no label'],
    },
    {
      desc: 'a rejection of the one outweighs a guess of the other',
      faces: [face('a', 'into', 'model_guess', { isNotFrom: true })],
      changes: ['a has no label', 'a may be from', 'a is not into'],
    },
    {
      desc: 'guesses yield to what was said',
      faces: [face('a', 'from', 'model_guess'), face('b', 'into', 'imported')],
      changes: ['a has no label'],
    },
  ])('$desc', ({ faces, changes }) => {
    expect(merged(faces).changes).toEqual(changes);
  });

  test('two sayings in one photo are a conflict, unless it is allowed or was allowed before', () => {
    const faces = [face('a', 'from'), face('b', 'into', 'imported')];
    expect(merged(faces).conflicts).toEqual(['photo']);
    expect(merged(faces, true)).toEqual({ changes: ['a is into'], moved: 1, conflicts: [] });
    const mirror = { ...faces[0]!, label: { ...faces[0]!.label!, samePhotoAllowed: true } };
    expect(merged([mirror, faces[1]!]).conflicts).toEqual([]);
  });

  test('faces in different photos are no conflict', () => {
    expect(merged([face('a', 'from'), { ...face('b', 'into'), photoId: 'another' }]).conflicts).toEqual([]);
  });
});
