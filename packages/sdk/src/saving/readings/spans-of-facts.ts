import { ANY_CAMERA, type CameraSpan, TIME_OF_FILE } from '../rows/unsettled-spans.ts';
import type { Facts } from './reading.ts';

/** The stretches that what is known of a photo lies in. */
export function spansOfFacts({ camera_make, camera_model, shot_local, shot_ts, shot_ts_source }: Facts): CameraSpan[] {
  const spans: CameraSpan[] = [];
  const spanAt = (make: string, model: string, at: string) =>
    spans.push({ camera_make: make, camera_model: model, first_local: at, last_local: at });
  if (camera_model != null && shot_local != null) spanAt(camera_make ?? '', camera_model, shot_local);
  if (shot_ts != null && shot_ts_source !== TIME_OF_FILE)
    spanAt('', ANY_CAMERA, shot_local ?? new Date(shot_ts).toISOString().slice(0, -1));
  return spans;
}
