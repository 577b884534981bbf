import { z } from 'zod';

/** The most items one page may hold. */
export const PAGE_LIMIT_MAX = 200;

/** The most characters a name or an actor may have; the database checks the same. */
export const NAME_LENGTH_MAX = 200;

/** The most characters of a text search; longer ones are pasted by accident. */
const QUERY_LENGTH_MAX = 1_000;

/** The most faces one bulk request may name: a group in review, within the body limit. */
export const FACES_PER_REQUEST_MAX = 1_000;

/** The widest vector that pgvector's `vector` type stores. */
const EMBEDDING_DIMENSION_MAX = 16_000;

// PostgreSQL's text holds neither NUL nor half a surrogate pair, and JSON can carry both.
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');

/** Text that the database can store. */
export const text = (maxLength: number) =>
  z.string().trim().min(1).max(maxLength).refine(isStorable, 'Expected text without NUL and without unpaired surrogates.');

/** Of a field that may be empty: a form sends it so when nothing was typed. */
export const textOrNothing = (maxLength: number) =>
  z.string().trim().max(maxLength).refine(isStorable, 'Expected text without NUL and without unpaired surrogates.');

/**
 * `schema` or null. Zod's own `.nullable()` on a named schema makes the *named component* nullable in the generated OpenAPI
 * (zod-to-openapi 9), and with it every other use of it.
 */
export const orNull = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()]);

export const Id = z.uuid().meta({ example: '0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17' });

/** An instant, in UTC: `2024-06-01T12:30:00.000Z`. */
export const Instant = z.iso.datetime().meta({ example: '2024-06-01T12:30:00.000Z' });

/** A calendar day: `1990-05-17`. */
export const CalendarDay = z.iso.date().meta({ example: '1990-05-17' });

/** 0 (no idea) to 1 (certain), calibrated. */
export const Confidence = z.number().min(0).max(1).meta({ example: 0.93 });

/** Who says so: free text that the journal keeps. */
export const Actor = text(NAME_LENGTH_MAX).meta({ description: 'Who decides, as the journal will name them.', example: 'anna' });

/** A vector of the library's embedding space; 128 numbers for dlib's. */
export const Embedding = z.array(z.number()).min(1).max(EMBEDDING_DIMENSION_MAX).meta({
  description: 'As many numbers as the space has dimensions (128 for dlib), not normalised.',
});

export const SpaceName = text(NAME_LENGTH_MAX).meta({ description: "Embedding space; by default the library's only one." });

export const SearchText = textOrNothing(QUERY_LENGTH_MAX).meta({
  description: 'Words to look for; empty, it is as if it were left out.',
  example: 'beach canon',
});

export const PlaceText = text(QUERY_LENGTH_MAX).meta({
  description: 'Words of city, region or country, or the two-letter code of a country.',
  example: 'paris france',
});

/** JSON that this API carries without looking inside: provenance, quality, before and after of an event. */
export const JsonObject = z.record(z.string(), z.unknown());
