/** Why the command's signal was aborted: a person or the system asked it to stop. */
export class InterruptedError extends Error {
  readonly code = 'INTERRUPTED';

  constructor(signalName: string) {
    super(`Stopped by ${signalName}.`);
    this.name = 'InterruptedError';
  }
}
