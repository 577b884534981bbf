/** Only this machine can reach it. */
export const DEFAULT_HOST = '127.0.0.1';

/** The README names it. */
export const DEFAULT_PORT = 4000;
