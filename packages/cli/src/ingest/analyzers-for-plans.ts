import type { FacesPlan } from '@photoorg/sdk';
import type { FaceAnalyzer } from '@photoorg/vision';
import { embedderForSpace } from './embedder-for-space.ts';
import { startAnalyzer } from './start-analyzer.ts';

/** The analyzers of a worker: one for each plan that it meets, started when a run wants it. */
export class AnalyzersForPlans implements AsyncDisposable {
  readonly #options: { weights: string | undefined; signal: AbortSignal };
  readonly #started: FaceAnalyzer[] = [];

  constructor(options: { weights: string | undefined; signal: AbortSignal }) {
    this.#options = options;
  }

  /** As `ingest` would start it, with the smallest face that the plan looks for. */
  async start({ space, provenance }: FacesPlan): Promise<FaceAnalyzer> {
    const minFace = typeof provenance.minFace === 'number' ? provenance.minFace : undefined;
    const analyzer = await startAnalyzer({ ...this.#options, minFace, embedder: embedderForSpace(space) ?? 'dlib' });
    this.#started.push(analyzer);
    return analyzer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const analyzer of this.#started) await analyzer.close();
  }
}
