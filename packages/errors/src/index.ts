/**
 * What every error of photoorg is made of. Begin with {@link PhotoorgError.isInstance}.
 *
 * @packageDocumentation
 */
export { PhotoorgError, type PhotoorgErrorOptions } from './photoorg-error.ts';
