/** A value of the SQLite file that cannot be understood. Stays inside this package: it becomes an entry of the report. */
export class UnreadableValueError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableValueError';
  }
}
