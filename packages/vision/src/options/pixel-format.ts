import { finiteNumber, oneOf, optionsOf, that } from './option-checks.ts';

/** How a network wants its pixels: each value is (byte - mean) * scale. */
export interface PixelFormat {
  layout: 'nchw' | 'nhwc';
  channels: 'rgb' | 'bgr';
  mean: number;
  scale: number;
}

export const checkPixelFormat = optionsOf<PixelFormat>(
  {
    layout: oneOf(['nchw', 'nhwc']),
    channels: oneOf(['rgb', 'bgr']),
    mean: finiteNumber,
    scale: that((value) => Number.isFinite(value) && value !== 0, 'a number other than 0'),
  },
  ['layout', 'channels', 'mean', 'scale'],
);
