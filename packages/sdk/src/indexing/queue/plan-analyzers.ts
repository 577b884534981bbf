import type { FaceAnalyzerDescription, FaceAnalyzerLike } from '../../model/face-analyzer.ts';
import type { FacesPlan } from '../../model/index-plan.ts';
import type { IndexQueuedPhotosOptions } from '../../model/index-queue.ts';
import { canonicalJson } from '../../values/canonical-json.ts';

/** The analyzers that a worker has for the plans of its runs. */
export class PlanAnalyzers {
  readonly #source: IndexQueuedPhotosOptions['analyzer'];
  readonly #found = new Map<string, FaceAnalyzerLike | null>();

  constructor(source: IndexQueuedPhotosOptions['analyzer']) {
    this.#source = source;
  }

  /** Whether runs that want faces may be for this worker at all. */
  get findsFaces(): boolean {
    return this.#source !== undefined;
  }

  /** The analyzer that gives just the rows that the plan wants; null when this worker has none. */
  async find(faces: FacesPlan): Promise<FaceAnalyzerLike | null> {
    const wanted = describe(faces);
    const known = this.#found.get(wanted);
    if (known !== undefined) return known;
    const analyzer = (typeof this.#source === 'function' ? await this.#source(faces) : this.#source) ?? null;
    const fitting = analyzer && describe(analyzer) === wanted ? analyzer : null;
    this.#found.set(wanted, fitting);
    return fitting;
  }
}

/** All of it is stored with each face, so that no part may differ. */
function describe({ space, detector, provenance }: FaceAnalyzerDescription): string {
  return canonicalJson({ space, detector, provenance });
}
