import type { Buffer } from 'node:buffer';
import type { RegionBox } from './upright-share.ts';

export interface EditedSidecar {
  /** Where each region stands now. */
  boxes: RegionBox[];
  /** The new sidecar; null when nothing in it is new. */
  bytes: string | Buffer | null;
}
