import type { Response } from 'express';
import type { Problem } from './to-problem.ts';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.body.status).set(problem.headers);
  response.set('Content-Type', PROBLEM_CONTENT_TYPE).set('Cache-Control', 'no-store');
  response.send(JSON.stringify(problem.body));
}
