/** Why the command's signal was aborted: the reader of stdout went away, as `head` does when it has seen enough. */
export class ClosedPipeError extends Error {
  readonly code = 'EPIPE';

  constructor() {
    super('The reader of the output has closed it.');
    this.name = 'ClosedPipeError';
  }
}
