import { type Logger, pino } from 'pino';
import { serializeError } from './serialize-error.ts';

/** Lines of JSON on stderr. What may stand in them is chosen field by field: no bodies, no queries, no headers. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, serializers: { err: serializeError } }, pino.destination({ dest: 2, sync: true }));
}
