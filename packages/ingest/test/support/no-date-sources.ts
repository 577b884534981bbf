import type { ShotTimeInput } from '../../src/shot-time/choose-shot-time.ts';

/** A file that says nothing of its time. */
export const NO_DATE_SOURCES: ShotTimeInput = {
  exif: {},
  xmp: {},
  iptc: null,
  text: {},
  sidecarXmp: {},
  takeoutTakenAt: null,
  filePath: null,
  fileModifiedAt: null,
  position: null,
};
