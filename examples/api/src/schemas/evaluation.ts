import { z } from 'zod';
import { Confidence, Id } from './common.ts';
import { queryInteger } from './query.ts';

const FACES_MAX = 100_000;
const QUESTION_FACES_MAX = 2_000;
const FACES_DEFAULT = 5_000;

export const EvaluationQuery = z.strictObject({
  limit: queryInteger({ min: 1, max: FACES_MAX })
    .default(FACES_DEFAULT)
    .meta({ description: 'Faces to try at most, some milliseconds each; always the same ones.' }),
  questionFaces: queryInteger({ min: 0, max: QUESTION_FACES_MAX }).default(0).meta({
    description: 'Faces to be named from nobody named, to count the questions: some ten milliseconds each; 0 counts none.',
  }),
});

const Share = z.number().min(0).max(1);
const Count = z.int().min(0);

const namingFields = {
  right: Share.nullable().meta({ description: 'Of the faces that would be named, the share that is right.' }),
  covered: Share.nullable().meta({ description: 'Of the known faces, the share that would be named rightly.' }),
  strangersNamed: Share.nullable().meta({ description: 'Of the strangers, the share that would be named.' }),
};

const EvaluatedGroup = z
  .object({ name: z.string(), faces: Count, ...namingFields })
  .meta({ id: 'EvaluatedGroup', description: 'A group of faces at the threshold from which names are applied.' });

export const EvaluationResource = z
  .object({
    facesTried: Count.meta({ description: 'Confirmed and imported faces that were tried.' }),
    knownFaces: Count.meta({ description: 'Of those, faces of people who are confirmed on other photos, too.' }),
    peopleTried: Count,
    firstRight: Share.nullable().meta({ description: 'Known faces whose person comes first (rank-1 identification rate).' }),
    identification: z
      .array(z.object({ falsePositives: Share, confidence: Confidence, truePositives: Share.nullable() }))
      .meta({ description: 'Known faces that are named where at most such a share of strangers is.' }),
    coverage: z
      .array(z.object({ precision: Share, confidence: Confidence.nullable(), covered: Share.nullable() }))
      .meta({ description: 'The most known faces that some confidence names, so that such a share of the named is right.' }),
    thresholds: z.array(z.object({ confidence: Confidence, ...namingFields })),
    calibrationError: z.number().min(0).nullable().meta({ description: 'Expected calibration error over fifteen bins.' }),
    brier: z.number().min(0).nullable(),
    reliability: z.array(z.object({ from: Share, to: Share, faces: Count, confidence: Confidence, right: Share })),
    people: z
      .array(
        z.object({
          personId: Id,
          displayName: z.string(),
          knownFaces: Count,
          named: Count,
          mistaken: Count,
          mistakenFor: z.string().nullable().meta({ description: 'Who comes first instead, most often.' }),
        }),
      )
      .meta({ description: 'Those most often missed or mistaken first.' }),
    crowding: z.array(EvaluatedGroup).meta({ description: 'By how near the strangers are.' }),
    ages: z.array(EvaluatedGroup).meta({ description: 'By the age on the photo, where the birth date is known.' }),
    withoutTerm: z
      .array(z.object({ term: z.string(), brier: z.number().min(0), covered: Share.nullable() }))
      .meta({ description: 'What the ranking is without each of its terms.' }),
    questions: z
      .object({
        faces: Count.meta({ description: 'Confirmed faces that were to be named.' }),
        people: Count,
        toNinetyFive: Count.nullable().meta({
          description: 'Questions until 95 % had their right name; null when wrong guesses stood in the way.',
        }),
        curve: z.array(z.object({ named: Share, questions: Count })),
      })
      .nullable()
      .meta({
        description: 'What naming the confirmed faces once more would take, from nobody named. In memory; null unless asked for.',
      }),
  })
  .meta({ id: 'Evaluation', description: 'How well the library would know its own confirmed faces.' });
