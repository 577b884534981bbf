import { isMainThread } from 'node:worker_threads';

const OFF_SWITCH = 'ORT_DISABLE_TELEMETRY';

/**
 * Forbids onnxruntime's native build to report to its maker; to be called before it is loaded. Tells whether it is forbidden.
 *
 * Since 1.29 the builds for Linux and macOS keep a device id and a queue of events in the home folder and send them over HTTPS
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md). They read this variable once, from the environment of
 * the process. A worker thread has only a copy of that, which native code does not see, but inherits what the main thread set.
 */
export function switchTelemetryOff(): boolean {
  if (isMainThread) process.env[OFF_SWITCH] = '1';
  return process.env[OFF_SWITCH] === '1';
}
