/**
 * The former id for each group that holds most of what a former group still has: of several the one with the most faces in common, then
 * the older id. null for a group that is new.
 * @param groups places of faces
 * @param former the id of the group that a face stood in, by its place; null for none
 */
export function keepIds(groups: readonly (readonly number[])[], former: (place: number) => string | null): (string | null)[] {
  const left = new Map<string, number>();
  const shared: { group: number; id: string; faces: number }[] = [];
  for (const [group, places] of groups.entries()) {
    for (const [id, common] of Map.groupBy(places, former)) {
      if (id === null) continue;
      left.set(id, (left.get(id) ?? 0) + common.length);
      shared.push({ group, id, faces: common.length });
    }
  }
  const kept = new Array<string | null>(groups.length).fill(null);
  const given = new Set<string>();
  shared.sort((a, b) => b.faces - a.faces || (a.id < b.id ? -1 : 1) || a.group - b.group);
  for (const { group, id, faces } of shared) {
    if (kept[group] !== null || given.has(id) || 2 * faces <= left.get(id)!) continue;
    kept[group] = id;
    given.add(id);
  }
  return kept;
}
