import type { PhotoExposure } from '@photoorg/sdk';

/** Seconds from which an exposure time is written as a decimal, as cameras show it. */
const LONGEST_FRACTION = 0.26;

/** How the camera was set, as photographers write it: `1/250 s · f/2.8 · ISO 400 · 35 mm`. */
export function formatExposure({ exposureTime, fNumber, iso, focalLength }: PhotoExposure): string | null {
  const parts = [
    exposureTime !== null && `${formatSeconds(exposureTime)} s`,
    fNumber !== null && `f/${round(fNumber)}`,
    iso !== null && `ISO ${iso}`,
    focalLength !== null && `${round(focalLength)} mm`,
  ];
  return parts.filter(Boolean).join(' · ') || null;
}

function formatSeconds(seconds: number): string {
  return seconds < LONGEST_FRACTION ? `1/${Math.round(1 / seconds)}` : String(round(seconds));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
