import { describe, expect, test } from 'vitest';
import { PhotoorgError } from './photoorg-error.ts';

class WeatherError extends PhotoorgError<'RAIN' | 'SNOW'> {}

describe('an error', () => {
  test('says what happened, then what to do, and has the name of its class', () => {
    const cause = new Error('clouds');
    const error = new WeatherError({ code: 'RAIN', message: 'It rains.', remedy: 'Take an umbrella.', retryable: true, cause });
    expect(error).toMatchObject({
      name: 'WeatherError',
      code: 'RAIN',
      message: 'It rains. Take an umbrella.',
      remedy: 'Take an umbrella.',
      retryable: true,
      cause,
    });
  });

  test('without advice has none, and is not retryable', () => {
    const error = new WeatherError({ code: 'SNOW', message: 'It snows.' });
    expect(error).toMatchObject({ message: 'It snows.', remedy: null, retryable: false });
    expect('cause' in error).toBe(false);
  });

  test.each(['Take an umbrella.', null])('can be made anew from its options, with the remedy %j', (remedy) => {
    const options = { code: 'RAIN', message: 'It rains.', remedy, retryable: true } as const;
    expect(structuredClone(new WeatherError(options).toOptions())).toEqual(options);
  });

  test('of another copy of the package is recognised, and no other', () => {
    expect(PhotoorgError.isInstance({ [Symbol.for('photoorg.error')]: true })).toBe(true);
    for (const other of [new Error('another'), null, 'RAIN']) expect(PhotoorgError.isInstance(other)).toBe(false);
  });
});
