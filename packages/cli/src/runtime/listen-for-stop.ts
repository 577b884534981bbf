import type { Reporter } from '../output/reporter.ts';
import { ClosedPipeError } from './closed-pipe-error.ts';
import { InterruptedError } from './interrupted-error.ts';

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/**
 * An AbortSignal that fires on the first Ctrl-C or SIGTERM, or when the reader of stdout has gone.
 * The second Ctrl-C ends the process at once; the database survives that as it survives a power cut.
 *
 * Not by process.exit(): it ends worker threads, and one that is inside sharp or onnxruntime then takes the process down with a core dump. The
 * signal itself, without a listener, ends it silently; a shell reports 130.
 */
export function listenForStop(reporter: Reporter): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      reporter.endProgress();
      stopListening();
      process.kill(process.pid, name);
      return;
    }
    reporter.failure('Stopping cleanly; Ctrl-C again stops at once.');
    controller.abort(new InterruptedError(name));
  };
  const outputFailed = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    controller.abort(new ClosedPipeError());
  };
  const diagnosticsFailed = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  };

  const stopListening = () => {
    for (const name of stopSignals) process.off(name, stop);
  };

  for (const name of stopSignals) process.on(name, stop);
  process.stdout.on('error', outputFailed);
  process.stderr.on('error', diagnosticsFailed);
  return {
    signal: controller.signal,
    dispose: stopListening,
  };
}
