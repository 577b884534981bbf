/**
 * Confidence (0..1) from which on a suggestion is applied without asking, unless the library is opened with another.
 *
 * On people the fit never saw (bench/identity/fit-confidence.ts, November 2026) 99.6 % of what it applies is right, and it covers
 * 87.5 % of the known faces. Where few people are named yet and most faces are strangers, 97.4 to 99.9 % is right.
 */
export const DEFAULT_AUTO_APPLY_THRESHOLD = 0.95;

/**
 * Confidence (0..1) below which a face stays unknown, unless the library is opened with another. Between the two a person is asked.
 *
 * In the same evaluation 97 to 98 % of the known faces come to a question or beyond, and 4 to 8 % of the strangers: more than half
 * of the questions get a yes. From 0.1 on, twice as many strangers are asked about for one known face more in a hundred.
 */
export const DEFAULT_CONFIRM_THRESHOLD = 0.2;
