import { HealthResource, LiveResource } from '../schemas/health.ts';
import { jsonRoute } from './route.ts';

export const getHealth = jsonRoute({
  method: 'get',
  path: '/health',
  operationId: 'getHealth',
  tag: 'Health',
  summary: 'Whether requests can be answered: the database is asked',
  resource: HealthResource,
  problems: [],
  async handle({ library }) {
    await library.spaces.list();
    const { kind, serverVersion, pgvectorVersion } = library.database;
    return { status: 'ok' as const, database: { kind, serverVersion, pgvectorVersion } };
  },
});

export const getLiveness = jsonRoute({
  method: 'get',
  path: '/health/live',
  operationId: 'getLiveness',
  tag: 'Health',
  summary: 'Whether the process answers at all',
  description: 'Needs no token: a supervisor asks it.',
  resource: LiveResource,
  problems: [],
  async handle() {
    return { status: 'ok' as const };
  },
});
