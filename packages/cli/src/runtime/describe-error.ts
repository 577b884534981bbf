import { errorCodeOf, exitCodeOf, exitCodes } from '../exit-codes.ts';

/** What a person reads about an error: its code and message; with `verbose` the chain of causes and where they arose. */
export function describeError(error: unknown, verbose: boolean): string {
  const lines = [oneLine(error)];
  if (verbose) {
    if (error instanceof Error && error.stack) lines.push(indent(framesOf(error)));
    for (let cause = causeOf(error); cause !== undefined; cause = causeOf(cause)) {
      lines.push(`  caused by ${oneLine(cause)}`);
      if (cause instanceof Error && cause.stack) lines.push(indent(framesOf(cause)));
    }
  } else if (exitCodeOf(error) === exitCodes.internal) {
    lines.push('This is a fault in photoorg itself; run it again with --verbose and report what it prints.');
  }
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCodeOf(error);
  return code === null ? `${error.name}: ${error.message}` : `${code}: ${error.message}`;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^\s*/gm, '    ');
}
