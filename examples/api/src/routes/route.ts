import type { PhotoLibrary } from '@photoorg/sdk';
import type { z } from 'zod';
import type { ImageAnswer, Images } from '../images/images.ts';
import type { ProblemCode } from '../problems/problem-table.ts';

/** What a route works with: its collaborators, and the request as its schemas parsed it. */
interface RouteInput<Params, Query, Body> {
  library: PhotoLibrary;
  images: Images;
  params: Params;
  query: Query;
  body: Body;
  /** Fires when the client of a reading request has gone; a change always runs to its end. */
  signal: AbortSignal;
}

interface RouteDescription {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** Below `/api`, in OpenAPI's notation: `/faces/{faceId}/label`. */
  path: string;
  operationId: string;
  tag: 'Photos' | 'Faces' | 'People' | 'Search' | 'Review' | 'Health';
  summary: string;
  description?: string;
  /** Codes that this route can answer with, beyond those that every route can. */
  problems: ProblemCode[];
}

interface RequestSchemas<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  params?: Params;
  query?: Query;
  body?: Body;
}

export interface JsonRoute<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Resource extends z.ZodType = z.ZodType,
> extends RouteDescription,
    RequestSchemas<Params, Query, Body> {
  kind: 'json';
  /** Default 200. */
  status?: 200 | 201;
  /** Set on a route that changes the library: whether a client may or must send an Idempotency-Key. */
  idempotencyKey?: 'accepted' | 'required';
  resource: Resource;
  /** Address of what was made, for the Location header. */
  location?(resource: z.input<Resource>): string;
  handle(input: RouteInput<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<z.input<Resource>>;
}

export interface ImageRoute<Params extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType>
  extends RouteDescription,
    RequestSchemas<Params, Query, z.ZodNever> {
  kind: 'image';
  handle(input: RouteInput<z.output<Params>, z.output<Query>, never>): Promise<ImageAnswer>;
}

export type Route = JsonRoute | ImageRoute;

/** A route that answers JSON; the schemas give its handler the types. */
export function jsonRoute<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Resource extends z.ZodType = z.ZodType,
>(route: Omit<JsonRoute<Params, Query, Body, Resource>, 'kind'>): JsonRoute<Params, Query, Body, Resource> {
  return { kind: 'json', ...route };
}

/** A route that answers the bytes of an image. */
export function imageRoute<Params extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  route: Omit<ImageRoute<Params, Query>, 'kind'>,
): ImageRoute<Params, Query> {
  return { kind: 'image', ...route };
}
