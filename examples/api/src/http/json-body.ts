import express, { type RequestHandler } from 'express';
import { HttpProblem } from '../problems/http-problem.ts';

/** Room for an embedding of 16,000 numbers, or a thousand face ids, several times over. */
const BODY_BYTES_MAX = 1024 * 1024;

/** No request of this API nests more than a handful of levels; provenance may carry some of its own. */
const JSON_DEPTH_MAX = 32;

const requireJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) {
    const received = request.headers['content-type'] ?? 'none';
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', `Expected content type application/json but received ${received}.`);
  }
  next();
};

const refuseDeepJson: RequestHandler = (request, _response, next) => {
  if (isDeeperThan(request.body, JSON_DEPTH_MAX)) {
    throw new HttpProblem('JSON_TOO_DEEP', `Expected JSON nested at most ${JSON_DEPTH_MAX} levels deep.`);
  }
  next();
};

/** Level by level, so that no depth can overflow the stack. */
function isDeeperThan(value: unknown, depth: number): boolean {
  let level = [value].filter(isContainer);
  for (let reached = 1; level.length > 0; reached += 1) {
    if (reached > depth) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Reads a JSON body within the limits. */
export const readJsonBody: RequestHandler[] = [requireJson, express.json({ limit: BODY_BYTES_MAX }), refuseDeepJson];
