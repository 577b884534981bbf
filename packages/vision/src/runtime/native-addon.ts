import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { familySync } from 'detect-libc';
import { type InferenceSession as OnnxSession, Tensor } from 'onnxruntime-common';
import { DEFAULT_RUNTIME_FOLDER } from '../default-runtime-folder.ts';
import { RuntimeUnavailableError } from '../errors.ts';
import { findNativePlatform, NATIVE_ADDON } from './native-platforms.ts';
import { switchTelemetryOff } from './switch-telemetry-off.ts';

/** A network's input or output as the addon describes it. */
interface AddonMetadata {
  name: string;
  isTensor: boolean;
  /** -1 for a size that is free. */
  shape: number[];
  symbolicDimensions: string[];
}

/** A network in the addon; all calls block the thread. */
export interface AddonSession {
  loadModel(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, options: OnnxSession.SessionOptions): void;
  readonly inputMetadata: AddonMetadata[];
  readonly outputMetadata: AddonMetadata[];
  run(inputs: Record<string, Tensor>, outputs: Record<string, null>, options: object): Record<string, Tensor>;
  dispose(): void;
}

/** onnxruntime's native addon: what npm onnxruntime-node has below its JavaScript. */
export interface NativeAddon {
  InferenceSession: new () => AddonSession;
  initOrtOnce(logLevel: number, tensor: typeof Tensor, isMainThread: boolean): void;
}

const LOG_ERRORS_ONLY = 3;

let loaded: NativeAddon | null = null;

/**
 * Loads the addon for this machine out of this package, once a thread.
 *
 * @throws RuntimeUnavailableError where there is none, or it does not load.
 */
export function loadNativeAddon(): NativeAddon {
  loaded ??= loadAddon();
  return loaded;
}

function loadAddon(): NativeAddon {
  const machine = `${process.platform} ${process.arch}`;
  const libc = process.platform === 'linux' ? familySync() : null;
  const platform = findNativePlatform(process.platform, process.arch, libc);
  if (!platform) {
    throw new RuntimeUnavailableError(`There is no native build of onnxruntime for ${[machine, libc].join(' ').trim()}.`, {
      remedy: "Choose the engine 'onnxruntime-web', which 'auto' does by itself.",
    });
  }
  const path = join(DEFAULT_RUNTIME_FOLDER, platform, NATIVE_ADDON);
  if (!existsSync(path)) {
    throw new RuntimeUnavailableError(`Found no ${path}.`, {
      remedy: 'Run `npm run models` or reinstall @photoorg/vision.',
    });
  }
  if (!switchTelemetryOff()) {
    throw new RuntimeUnavailableError(
      "onnxruntime's native build reports to its maker unless the process has ORT_DISABLE_TELEMETRY=1, which a worker thread cannot set.",
      { remedy: "Set it in the main thread or where the process is started, or choose the engine 'onnxruntime-web'." },
    );
  }
  try {
    const addon = createRequire(import.meta.url)(path) as NativeAddon;
    addon.initOrtOnce(LOG_ERRORS_ONLY, Tensor, isMainThread);
    return addon;
  } catch (cause) {
    throw new RuntimeUnavailableError(`onnxruntime's native build does not load on ${machine}: ${(cause as Error).message}.`, {
      remedy: "Choose the engine 'onnxruntime-web', or reinstall @photoorg/vision.",
      cause,
    });
  }
}
