import { expect, it } from 'vitest';
import {
  describePictureError,
  formatExposure,
  formatFileSize,
  formatMegapixels,
  formatPlace,
  formatPosition,
} from './format-facts.ts';

it.each([
  {
    desc: 'north-east with altitude',
    place: { latitude: 48.85837, longitude: 2.29448, altitude: 35.2 },
    text: '48.8584° N, 2.2945° E, 35 m',
  },
  { desc: 'south-west', place: { latitude: -33.4489, longitude: -70.6693, altitude: null }, text: '33.4489° S, 70.6693° W' },
  { desc: 'exactly zero, a real place', place: { latitude: 0, longitude: 0, altitude: 0 }, text: '0.0000° N, 0.0000° E, 0 m' },
  { desc: 'half a position, which is none', place: { latitude: 1, longitude: null, altitude: null }, text: null },
])('writes a position: $desc', ({ place, text }) => {
  expect(formatPosition(place)).toBe(text);
});

it.each([
  { desc: 'city, region, country', names: ['Paris', 'Île-de-France', 'France'], text: 'Paris, Île-de-France, France' },
  { desc: 'one name for all', names: ['Monaco', 'Monaco', 'Monaco'], text: 'Monaco' },
  { desc: 'a country alone', names: [null, null, 'Antarctica'], text: 'Antarctica' },
  { desc: 'the high seas', names: [null, null, null], text: null },
])('writes a place: $desc', ({ names: [placeCity = null, placeRegion = null, placeCountry = null], text }) => {
  expect(formatPlace({ placeCity, placeRegion, placeCountry })).toBe(text);
});

const unknown = { iso: null, exposureTime: null, fNumber: null, focalLength: null };

it.each([
  {
    desc: 'all of it',
    exposure: { iso: 400, exposureTime: 1 / 250, fNumber: 2.8, focalLength: 35 },
    text: '1/250 s · f/2.8 · ISO 400 · 35 mm',
  },
  {
    desc: 'numbers that a phone rounds its way',
    exposure: { iso: 160, exposureTime: 16667 / 1_000_000, fNumber: 1.7999999523, focalLength: 4.25 },
    text: '1/60 s · f/1.8 · ISO 160 · 4.25 mm',
  },
  { desc: 'a third of a second', exposure: { ...unknown, exposureTime: 1 / 3 }, text: '0.33 s' },
  { desc: 'half a minute', exposure: { ...unknown, exposureTime: 30 }, text: '30 s' },
  { desc: 'nothing', exposure: unknown, text: null },
])('writes how the camera was set: $desc', ({ exposure, text }) => {
  expect(formatExposure(exposure)).toBe(text);
});

it.each([
  { bytes: 0, text: '0 bytes' },
  { bytes: 999, text: '999 bytes' },
  { bytes: 1000, text: '1.0 kB' },
  { bytes: 2_412_345, text: '2.4 MB' },
  { bytes: 123_456_789, text: '123 MB' },
  { bytes: 5_000_000_000_000, text: '5000 GB' },
])('writes $bytes bytes as $text', ({ bytes, text }) => {
  expect(formatFileSize(bytes)).toBe(text);
});

it.each([
  { width: 4000, height: 3000, text: '12 MP' },
  { width: 1920, height: 1280, text: '2.5 MP' },
])('writes $width × $height as $text', ({ text, ...size }) => {
  expect(formatMegapixels(size)).toBe(text);
});

it.each([
  { code: 'IMAGE_TRUNCATED', text: /interrupted copy/ },
  { code: 'DECODER_MISSING', text: /photoorg setup/ },
  { code: 'IMAGE_TOO_LARGE', text: /IMAGE_TOO_LARGE/ },
])('says why a picture is not whole: $code', ({ code, text }) => {
  expect(describePictureError(code)).toMatch(text);
});
