import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

interface LoggedRequest {
  method: string;
  raw: IncomingMessage;
}

/** One line for every request: method, path without its query, status, time and request id. */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    serializers: {
      req: ({ method, raw }: LoggedRequest) => ({ method, path: pathOf(raw) }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
    genReqId: (_request, response) => (response as Response).locals.requestId,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: levelOf,
  });
}

const pathOf = (request: IncomingMessage) =>
  (request as IncomingMessage & { originalUrl?: string }).originalUrl?.split('?', 1)[0];

/** What a client did wrong is no fault of the server. */
function levelOf(_request: IncomingMessage, response: ServerResponse, error: Error | undefined) {
  return error || response.statusCode >= 500 ? 'error' : 'info';
}
