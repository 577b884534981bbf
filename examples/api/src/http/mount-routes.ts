import type { PhotoLibrary, StoredResponse } from '@photoorg/sdk';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { principalOf } from '../access/check-token.ts';
import { answerOnce } from '../idempotency/answer-once.ts';
import { readIdempotencyKey } from '../idempotency/idempotency-key.ts';
import type { Images } from '../images/images.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import type { ImageRoute, JsonRoute, Route } from '../routes/route.ts';
import { clientSignal } from './client-signal.ts';
import { readJsonBody } from './json-body.ts';
import { type ParsedRequest, parseRequest } from './parse-request.ts';
import { JSON_CONTENT_TYPE, sendStored } from './respond.ts';
import { sendImage } from './send-image.ts';

export interface RouteServices {
  library: PhotoLibrary;
  images: Images;
}

/** A router that answers every route, and every other method on their paths with 405. */
export function mountRoutes(routes: readonly Route[], services: RouteServices): Router {
  const router = Router({ caseSensitive: true });
  for (const [path, siblings] of Map.groupBy(routes, (route) => expressPath(route.path))) {
    const onPath = router.route(path);
    for (const route of siblings) onPath[route.method](...(route.body ? readJsonBody : []), routeHandler(route, services));
    onPath.all(refuseMethod(siblings));
  }
  return router;
}

/** `/faces/{faceId}` of OpenAPI is `/faces/:faceId` of Express. */
const expressPath = (template: string) => template.replaceAll(/\{(\w+)\}/g, ':$1');

function routeHandler(route: Route, services: RouteServices): RequestHandler {
  return route.kind === 'image' ? imageHandler(route, services) : jsonHandler(route, services);
}

function imageHandler(route: ImageRoute, services: RouteServices): RequestHandler {
  return async (request, response) => {
    const { params, query } = parseRequest(route, request);
    const signal = clientSignal(response);
    const input = { ...services, params, query, signal } as Parameters<ImageRoute['handle']>[0];
    await sendImage(request, response, await route.handle(input), signal);
  };
}

function jsonHandler(route: JsonRoute, services: RouteServices): RequestHandler {
  return route.idempotencyKey ? changeHandler(route, services) : readHandler(route, services);
}

function readHandler(route: JsonRoute, services: RouteServices): RequestHandler {
  return async (request, response) => {
    sendStored(response, await answer(route, services, parseRequest(route, request), clientSignal(response)));
  };
}

function changeHandler(route: JsonRoute, { library, images }: RouteServices): RequestHandler {
  const neverFires = new AbortController().signal;
  return async (request: Request, response: Response) => {
    const parsed = parseRequest(route, request);
    const change = (inside: PhotoLibrary) => answer(route, { library: inside, images }, parsed, neverFires);
    const key = readIdempotencyKey(request, route);
    if (key === null) return sendStored(response, await change(library));
    const answered = await answerOnce({
      library,
      key,
      principal: principalOf(response),
      route,
      request,
      requestId: response.locals.requestId,
      change,
    });
    if (answered.replayed) response.set('Idempotent-Replayed', 'true');
    sendStored(response, answered);
  };
}

async function answer(
  route: JsonRoute,
  services: RouteServices,
  parsed: ParsedRequest,
  signal: AbortSignal,
): Promise<StoredResponse> {
  const resource = await route.handle({ ...services, ...parsed, signal });
  const headers: Record<string, string> = { 'Content-Type': JSON_CONTENT_TYPE };
  if (route.location) headers.Location = route.location(resource);
  return { status: route.status ?? 200, headers, body: JSON.stringify(resource) };
}

function refuseMethod(siblings: Route[]): RequestHandler {
  const methods = siblings.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  const allow = [...new Set([...methods, 'OPTIONS'])].join(', ');
  return (request, response) => {
    if (request.method === 'OPTIONS') return response.set('Allow', allow).status(204).end();
    throw new HttpProblem('METHOD_NOT_ALLOWED', `${request.path} takes ${allow}, not ${request.method}.`, {
      headers: { Allow: allow },
    });
  };
}
