/** Whether a version such as '0.8.0' is older; one that cannot be read counts as old. */
export function isOlderVersion(version: string | null, than: readonly number[]): boolean {
  const parts = (version ?? '0').split('.').map(Number);
  for (const [index, wanted] of than.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return !(part > wanted);
  }
  return false;
}
