import { z } from 'zod';
import { JsonObject } from './common.ts';

export const ProblemError = z
  .object({
    in: z.enum(['path', 'query', 'header', 'body']).meta({ description: 'Part of the request.' }),
    pointer: z.string().meta({ description: 'JSON Pointer into that part; empty for the whole of it.', example: '/faceIds/0' }),
    detail: z.string(),
  })
  .meta({ id: 'ProblemError' });
export type ProblemError = z.infer<typeof ProblemError>;

export const ProblemResource = z
  .object({
    type: z.string().meta({ format: 'uri-reference', example: '/docs/errors.md#face_not_found' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .meta({ description: 'Stable: programs decide by it.', example: 'FACE_NOT_FOUND' }),
    instance: z.string().meta({ format: 'uri', description: 'This one occurrence; the server log has the same id.' }),
    retryable: z.boolean().meta({ description: 'The same request may succeed later.' }),
    details: JsonObject.optional().meta({
      description:
        'With a conflict: what stands in the way, such as faceIds, photoIds, personId; with LABEL_CHANGED and PERSON_CHANGED who said what and when; with PERSON_AMBIGUOUS the candidates.',
    }),
    errors: z.array(ProblemError).optional().meta({ description: 'With VALIDATION_FAILED: every part that was refused.' }),
  })
  .meta({ id: 'Problem', description: 'Problem details as RFC 9457 defines them.' });
export type ProblemResource = z.infer<typeof ProblemResource>;
