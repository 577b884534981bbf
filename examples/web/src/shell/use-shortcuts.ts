import { useEffect, useEffectEvent } from 'react';
import { useSettings } from './settings.ts';

/** By `KeyboardEvent.key` in lower case: `x`, `1`, `enter`, `arrowleft`. */
export type Shortcuts = Record<string, (() => void) | undefined>;

/**
 * Runs single-key shortcuts while the component is mounted and shortcuts are switched on.
 * Keys belong to whatever holds the focus first: text fields, open dialogs and lists keep theirs, and Enter or Space on a
 * button presses that button.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const { shortcuts: enabled } = useSettings();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (ownsKey(event)) return;
    const action = shortcuts[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [enabled]);
}

function ownsKey(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target || target === document.body) return false;
  if (
    target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="alertdialog"], [role="listbox"]')
  )
    return true;
  return (event.key === 'Enter' || event.key === ' ') && target.closest('button, a, [role="button"]') !== null;
}
