/** A statement that runs this long is ended by the server; index builds lift it for themselves. */
export const STATEMENT_TIMEOUT_MILLIS = 10 * 60_000;

/**
 * Run on each new connection. The formats are those that the parsers read, whatever the database or the role is set to, and the
 * isolation is the one that statements outside of a transaction are written for; they are not sent with the start of the connection,
 * where a connection pooler may refuse them.
 */
export const SESSION_SETTINGS = `SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET bytea_output = 'hex';
  SET default_transaction_isolation = 'read committed';
  SET statement_timeout = ${STATEMENT_TIMEOUT_MILLIS}`;
