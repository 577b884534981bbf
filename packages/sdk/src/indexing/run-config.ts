import type { IndexPlan } from '../model/index-plan.ts';
import type { SettledRoot } from './settle-root.ts';

/** What a run stores as its config: runs of one config over the same files write the same rows. */
export function runConfig(plan: IndexPlan, { root, under }: Pick<SettledRoot, 'root' | 'under'>): Record<string, unknown> {
  return { root, ...(under.length > 0 ? { under: Buffer.from(under).toString() } : {}), ...plan };
}
