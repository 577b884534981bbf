import type { ErrorRequestHandler, RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';
import { sendProblem } from './send-problem.ts';
import { toProblem } from './to-problem.ts';

/** Answers every error with problem details; the last handler of the application. */
export const answerErrors: ErrorRequestHandler = (error, _request, response, next) => {
  const problem = toProblem(error, response.locals.requestId);
  // The request log writes it down with the request.
  if (problem.body.status >= 500) response.err = error;
  if (response.headersSent) return next(error);
  sendProblem(response, problem);
};

/** Answers what no route took. */
export const answerNotFound: RequestHandler = (request) => {
  throw new HttpProblem(
    'ROUTE_NOT_FOUND',
    `There is no ${request.method} ${request.originalUrl.split('?', 1)[0]}. All routes: /api/docs.`,
  );
};
