export { openTestLibrary, type TestLibrary } from './open-test-library.ts';
