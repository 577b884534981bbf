import { type RefObject, useEffect } from 'react';

/**
 * Gives the focus to `home` when what held it has gone from the page with a change of `state`, so that the keyboard and screen
 * readers go on from here rather than from the top.
 */
export function useKeptFocus(home: RefObject<HTMLElement | null>, state: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is not read, its change is the occasion.
  useEffect(() => {
    if (document.activeElement === document.body) home.current?.focus({ preventScroll: true });
  }, [home, state]);
}
