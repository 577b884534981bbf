/** Codes of analyzers that no other photo would escape. */
const ANALYZER_BROKEN = new Set(['ANALYZER_CLOSED', 'MODEL_MISSING', 'MODEL_CORRUPT', 'RUNTIME_UNAVAILABLE']);

/** Whether an analyzer failed at this picture, and would not at another one. */
export function isAboutTheImage(error: unknown): error is Error & { code: string; retryable?: boolean } {
  return error instanceof Error && 'code' in error && !ANALYZER_BROKEN.has(String(error.code));
}
