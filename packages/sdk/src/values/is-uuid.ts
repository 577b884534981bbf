const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text can be an id at all: PostgreSQL answers anything else with an error instead of "no such row". */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}
