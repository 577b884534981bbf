import type { PhotoExposure, PhotoFilter } from '@photoorg/sdk';
import { Flag } from './flag.ts';
import { parseMeasure, parseSeconds } from './parse-value.ts';

/** What narrows photos down by what took them and how; named as the library's filter names it. */
export type CameraOptions = Pick<PhotoFilter, 'camera' | 'lens' | `${keyof PhotoExposure}${'From' | 'To'}`>;

export function cameraFlags(): Flag[] {
  return [
    new Flag('--camera <words>', 'words of make and model of the camera', { environment: 'PHOTOORG_CAMERA' }),
    new Flag('--lens <words>', 'words of the lens', { environment: 'PHOTOORG_LENS' }),
    new Flag('--iso-from <iso>', 'at this ISO or higher', { environment: 'PHOTOORG_ISO_FROM', parse: parseMeasure }),
    new Flag('--iso-to <iso>', 'at this ISO or lower', { environment: 'PHOTOORG_ISO_TO', parse: parseMeasure }),
    new Flag('--exposure-time-from <seconds>', 'exposed so long or longer: 2, 0.5 or 1/250', {
      environment: 'PHOTOORG_EXPOSURE_TIME_FROM',
      parse: parseSeconds,
    }),
    new Flag('--exposure-time-to <seconds>', 'exposed so long or shorter', {
      environment: 'PHOTOORG_EXPOSURE_TIME_TO',
      parse: parseSeconds,
    }),
    new Flag('--f-number-from <number>', 'at this f-number or higher: 2.8 for f/2.8', {
      environment: 'PHOTOORG_F_NUMBER_FROM',
      parse: parseMeasure,
    }),
    new Flag('--f-number-to <number>', 'at this f-number or lower', {
      environment: 'PHOTOORG_F_NUMBER_TO',
      parse: parseMeasure,
    }),
    new Flag('--focal-length-from <mm>', 'at so many millimetres or more, of the lens itself', {
      environment: 'PHOTOORG_FOCAL_LENGTH_FROM',
      parse: parseMeasure,
    }),
    new Flag('--focal-length-to <mm>', 'at so many millimetres or fewer', {
      environment: 'PHOTOORG_FOCAL_LENGTH_TO',
      parse: parseMeasure,
    }),
  ];
}

export function cameraFilter(options: CameraOptions): CameraOptions {
  const { camera, lens, isoFrom, isoTo, exposureTimeFrom, exposureTimeTo } = options;
  const { fNumberFrom, fNumberTo, focalLengthFrom, focalLengthTo } = options;
  const exposure = { isoFrom, isoTo, exposureTimeFrom, exposureTimeTo, fNumberFrom, fNumberTo, focalLengthFrom, focalLengthTo };
  return { camera, lens, ...exposure };
}
