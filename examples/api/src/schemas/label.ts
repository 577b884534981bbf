import { z } from 'zod';
import { Actor, Confidence, FACES_PER_REQUEST_MAX, Id, Instant, JsonObject, orNull } from './common.ts';
import { IgnoredReason } from './face.ts';
import { pageOf, pageQuery } from './query.ts';

const FaceIds = z.array(Id).min(1).max(FACES_PER_REQUEST_MAX);

const REVISION = 'LABEL_CHANGED when somebody said something else since. Without it the last word counts.';

const Revision = orNull(Id)
  .optional()
  .meta({ description: `eventId of the label as it was read, null for no label: ${REVISION}` });

export const Revisions = z
  .record(Id, orNull(Id))
  .optional()
  .meta({ description: `By faceId, eventId of its label as it was read, null for no label: ${REVISION}` });

const ConfirmFace = z.strictObject({
  source: z.literal('human_confirmed'),
  personId: Id,
  actor: Actor,
  confidence: z.literal(1).optional().meta({ description: 'A person is sure: only 1 is accepted.' }),
  allowSamePhoto: z
    .boolean()
    .optional()
    .meta({ description: 'The person stands twice in this photo (a mirror, a photo of a photo).' }),
  provenance: JsonObject.optional(),
  revision: Revision,
});

const proposal = <Source extends 'model_guess' | 'imported'>(source: Source) =>
  z.strictObject({
    source: z.literal(source),
    personId: Id,
    confidence: Confidence,
    provenance: JsonObject.default({}),
    actor: Actor.optional(),
    revision: Revision,
  });

export const LabelFaceRequest = z
  .discriminatedUnion('source', [ConfirmFace, proposal('model_guess'), proposal('imported')])
  .meta({
    id: 'LabelFaceRequest',
    examples: [{ source: 'human_confirmed', personId: '0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17', actor: 'anna' }],
    description: 'A person confirms and says who they are; anything else says how sure it is.',
  });
export type LabelFaceRequest = z.input<typeof LabelFaceRequest>;

export const LabelFacesRequest = z.strictObject({ faceIds: FaceIds, personId: Id, actor: Actor, revisions: Revisions }).meta({
  id: 'LabelFacesRequest',
  examples: [
    { faceIds: ['0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17'], personId: '0199d2a4-8f20-7d44-b6c2-91e05a7d3c60', actor: 'anna' },
  ],
  description: 'A person confirms a whole group at once.',
});
export type LabelFacesRequest = z.input<typeof LabelFacesRequest>;

export const RejectPersonRequest = z.strictObject({ personId: Id, actor: Actor, revision: Revision }).meta({
  id: 'RejectPersonRequest',
  examples: [{ personId: '0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17', actor: 'anna' }],
  description: 'The face is not this person; it will not be proposed for it again.',
});
export type RejectPersonRequest = z.input<typeof RejectPersonRequest>;

export const IgnoreFacesRequest = z
  .strictObject({
    faceIds: FaceIds,
    actor: Actor,
    ignored: z.boolean().default(true).meta({ description: 'false brings the faces back into review.' }),
    reason: IgnoredReason.optional().meta({ description: 'Why it is nobody.' }),
    revisions: Revisions,
  })
  .meta({ id: 'IgnoreFacesRequest', examples: [{ faceIds: ['0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17'], actor: 'anna' }] });
export type IgnoreFacesRequest = z.input<typeof IgnoreFacesRequest>;

export const IgnoreRestRequest = z
  .strictObject({ actor: Actor, reason: IgnoredReason.default('stranger').meta({ description: 'Why they are nobody.' }) })
  .meta({ id: 'IgnoreRestRequest', examples: [{ actor: 'anna' }] });
export type IgnoreRestRequest = z.input<typeof IgnoreRestRequest>;

/** A DELETE carries no body, so who clears the label stands in the query. */
export const ClearLabelQuery = z.strictObject({
  actor: Actor,
  revision: Id.optional().meta({ description: `eventId of the label as it was read: ${REVISION}` }),
});
export type ClearLabelQuery = z.input<typeof ClearLabelQuery>;

export const UndoRequest = z.strictObject({ actor: Actor }).meta({ id: 'UndoRequest', examples: [{ actor: 'anna' }] });
export type UndoRequest = z.input<typeof UndoRequest>;

export const PhotoPersonParams = z.strictObject({ photoId: Id, personId: Id });

export const LabelPhotoRequest = z.strictObject({ personId: Id, actor: Actor }).meta({
  id: 'LabelPhotoRequest',
  examples: [{ personId: '0199d2a4-8f20-7d44-b6c2-91e05a7d3c60', actor: 'anna' }],
  description: 'The person is on the photo, whether or not a face shows it.',
});
export type LabelPhotoRequest = z.input<typeof LabelPhotoRequest>;

export const ClearPhotoQuery = z.strictObject({ actor: Actor });

export const PlaceNamesRequest = z
  .strictObject({
    actor: Actor.optional(),
    dryRun: z.boolean().default(false).meta({ description: 'Count only; change nothing.' }),
    minConfidence: Confidence.optional().meta({
      description: 'A face that is less certainly somebody stays open. Default 0.98.',
    }),
    listedOnly: z.boolean().optional().meta({ description: 'Only faces whose own photo carries the name: no guesses.' }),
    createAll: z.boolean().optional().meta({ description: 'Make people of all names, also where no face is found.' }),
  })
  .meta({ id: 'PlaceNamesRequest', examples: [{ actor: 'anna', dryRun: true }] });
export type PlaceNamesRequest = z.input<typeof PlaceNamesRequest>;

const Count = z.int().min(0);

export const NamesPlacedResource = z
  .object({
    batchId: Id.nullable().meta({ description: 'Undo everything written with it; null when nothing was.' }),
    photos: Count.meta({ description: 'Photos that carry names.' }),
    names: Count.meta({ description: 'How many names they carry in all.' }),
    placed: Count.meta({ description: 'Faces named as their photos say, as imported labels.' }),
    guessed: Count.meta({ description: 'Faces named as they are alike, though their photos do not carry the name.' }),
    kept: Count.meta({ description: 'Faces that an earlier call named so.' }),
    leftOpen: Count.meta({ description: 'Names of photos that no face bears.' }),
    createdPeople: Count,
    ambiguous: z.array(z.object({ name: z.string(), photos: Count, personIds: z.array(Id) })).meta({
      description: 'Names that several people go by: left out.',
    }),
    refused: z.array(z.object({ faceId: Id, name: z.string(), code: z.string(), message: z.string() })),
    rates: z.object({ missing: z.number(), wrong: z.number() }).meta({ description: 'How good the names seem to be.' }),
  })
  .meta({ id: 'NamesPlaced' });
export type NamesPlacedResource = z.infer<typeof NamesPlacedResource>;

export const BatchParams = z.strictObject({ batchId: Id });

export const labelChangeFields = {
  batchId: Id.meta({ description: 'Undo the change with it.' }),
  events: z.int().min(0).meta({ description: 'Entries written to the journal; 0 when nothing had to change.' }),
};

export const LabelChangeResource = z.object(labelChangeFields).meta({ id: 'LabelChange' });
export type LabelChangeResource = z.infer<typeof LabelChangeResource>;

const IdentityEventKind = z.enum([
  'person_created',
  'person_changed',
  'person_merged',
  'person_removed',
  'label_set',
  'label_cleared',
  'person_rejected',
  'rejection_cleared',
  'face_ignored',
  'face_created',
  'face_moved',
  'face_removed',
  'pair_set',
  'pair_cleared',
  'photo_labelled',
  'photo_label_cleared',
]);

export const IdentityEventResource = z
  .object({
    seq: z.string().regex(/^\d+$/).meta({ description: 'Place in the journal; a 64-bit number, so a string.' }),
    eventId: Id,
    batchId: Id,
    kind: IdentityEventKind,
    faceId: Id.nullable(),
    personId: Id.nullable(),
    otherPersonId: Id.nullable(),
    otherFaceId: Id.nullable().meta({ description: 'Of what was said of two faces: the second.' }),
    photoId: Id.nullable().meta({ description: 'Of entries about a whole photo.' }),
    actor: z.string(),
    confidence: Confidence.nullable(),
    provenance: JsonObject,
    before: z.unknown(),
    after: z.unknown(),
    undoes: Id.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'IdentityEvent', description: 'One entry of the append-only identity journal.' });
export type IdentityEventResource = z.infer<typeof IdentityEventResource>;

export const ListBatchesQuery = z.strictObject({ limit: pageQuery.limit, cursor: pageQuery.cursor });
export type ListBatchesQuery = z.input<typeof ListBatchesQuery>;

const IdentityBatchResource = z
  .object({
    batchId: Id,
    actor: z.string(),
    createdAt: Instant.meta({ description: 'Of its last entry.' }),
    kinds: z.partialRecord(IdentityEventKind, z.int().min(1)).meta({ description: 'How many entries there are of each kind.' }),
    faces: z.int().min(0),
    people: z.array(z.object({ personId: Id, displayName: z.string() })).meta({ description: 'By name; ten at most.' }),
    undoesBatchId: Id.nullable().meta({ description: 'The batch that it takes back.' }),
  })
  .meta({ id: 'IdentityBatch', description: 'What was said in one go: it is undone together.' });

export const IdentityBatchPage = pageOf(IdentityBatchResource).meta({ id: 'IdentityBatchPage' });

export const IdentityEvents = z
  .object({ items: z.array(IdentityEventResource) })
  .meta({ id: 'IdentityEvents', description: 'Newest first.' });
export type IdentityEvents = z.infer<typeof IdentityEvents>;
