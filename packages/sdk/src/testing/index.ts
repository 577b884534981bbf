/**
 * Empty libraries for tests of your own. Begin with {@link openTestLibrary}.
 *
 * @packageDocumentation
 */
export { openTestLibrary, type TestLibrary } from './open-test-library.ts';
