import { type DestinationStream, type Logger, pino } from 'pino';
import { serializeError } from './serialize-error.ts';

const STDERR = 2;

/** Lines of JSON. What may stand in them is chosen field by field: no bodies, no queries, no headers. */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ dest: STDERR, sync: true }),
): Logger {
  return pino({ level, base: null, serializers: { err: serializeError } }, destination);
}
