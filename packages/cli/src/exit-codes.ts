/** Exit codes of the command, after sysexits.h where it has a name for the case. */
export const exitCodes = {
  ok: 0,
  /** Some files, faces or rows failed and are named on stderr; or the one thing asked for was refused. */
  failed: 1,
  /** The command line is wrong. */
  usage: 64,
  /** The database, the face models or exiftool cannot be used now. */
  unavailable: 69,
  /** A fault in photoorg itself. */
  internal: 70,
  /** The environment or the settings file is wrong. */
  config: 78,
  /** Stopped by Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const codesOf: Readonly<Record<string, ExitCode>> = {
  INVALID_INPUT: exitCodes.usage,
  ROOT_NOT_FOUND: exitCodes.usage,
  ROOT_NOT_A_DIRECTORY: exitCodes.usage,
  QUEUE_NEEDS_SERVER: exitCodes.usage,
  CONFIG_INVALID: exitCodes.config,
  DATE_RULES_INVALID: exitCodes.config,
  DATABASE_UNAVAILABLE: exitCodes.unavailable,
  OUTCOME_UNKNOWN: exitCodes.unavailable,
  DATABASE_BUSY: exitCodes.unavailable,
  DATABASE_TIMEOUT: exitCodes.unavailable,
  DATABASE_OUT_OF_MEMORY: exitCodes.unavailable,
  DATABASE_READ_ONLY: exitCodes.unavailable,
  DISK_FULL: exitCodes.unavailable,
  DISK_IO_ERROR: exitCodes.unavailable,
  LIBRARY_LOCKED: exitCodes.unavailable,
  LIBRARY_LOCK_LOST: exitCodes.unavailable,
  NETWORK_FOLDER: exitCodes.unavailable,
  VECTOR_EXTENSION_MISSING: exitCodes.unavailable,
  SERVER_TOO_OLD: exitCodes.unavailable,
  PERMISSION_DENIED: exitCodes.unavailable,
  SCHEMA_TOO_NEW: exitCodes.unavailable,
  SCHEMA_TOO_OLD: exitCodes.unavailable,
  LIBRARY_CLOSED: exitCodes.internal,
  MODEL_MISSING: exitCodes.unavailable,
  MODEL_CORRUPT: exitCodes.unavailable,
  RUNTIME_UNAVAILABLE: exitCodes.unavailable,
  EXIFTOOL_MISSING: exitCodes.unavailable,
  SETUP_FAILED: exitCodes.unavailable,
};

/** The exit code of an error that ended the command: by its stable code; an error without one is a fault of ours. */
export function exitCodeOf(error: unknown): ExitCode {
  const code = errorCodeOf(error);
  if (code === null) return exitCodes.internal;
  return codesOf[code] ?? exitCodes.failed;
}

/** The stable code of a typed error or of a failed system call (`ENOENT`), or null. */
export function errorCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  // Node's own argument checks (ERR_INVALID_ARG_TYPE) are bugs, not things a user did.
  return typeof error.code === 'string' && !error.code.startsWith('ERR_') ? error.code : null;
}
