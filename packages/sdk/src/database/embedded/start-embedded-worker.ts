import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EmbeddedWorkerOptions } from './worker-protocol.ts';

/** Starts the thread of an embedded database. Sources run as .ts, the built package as .js; the worker is a sibling in both. */
export function startEmbeddedWorker(options: EmbeddedWorkerOptions): Worker {
  const entry = new URL(`./embedded-database-worker${extname(import.meta.url)}`, import.meta.url);
  return new Worker(entry, { workerData: options, name: 'photoorg-database' });
}
