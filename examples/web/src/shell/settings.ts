import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark' | 'contrast';

export interface Settings {
  /** Who is labelling: recorded with every decision a person takes here. */
  actor: string;
  theme: Theme;
  /** Single-key shortcuts; WCAG 2.1.4 wants them to be switchable for people who speak to their computer. */
  shortcuts: boolean;
  /** Whether face boxes are drawn on an opened photo. */
  faceBoxes: boolean;
}

export const defaultSettings: Settings = { actor: 'me', theme: 'system', shortcuts: true, faceBoxes: true };

const storageKey = 'photoorg.settings';
const listeners = new Set<() => void>();
let current = readStored();

export function getSettings(): Settings {
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  localStorage.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function subscribeToSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribeToSettings, getSettings);
}

/** Keeps of the stored text only what has the expected type, so that an edited or older entry cannot break the page. */
function readStored(): Settings {
  const stored = parseObject(localStorage.getItem(storageKey));
  const { actor, theme, shortcuts, faceBoxes } = stored;
  return {
    actor: typeof actor === 'string' && actor.trim() !== '' ? actor : defaultSettings.actor,
    theme: isTheme(theme) ? theme : defaultSettings.theme,
    shortcuts: typeof shortcuts === 'boolean' ? shortcuts : defaultSettings.shortcuts,
    faceBoxes: typeof faceBoxes === 'boolean' ? faceBoxes : defaultSettings.faceBoxes,
  };
}

export function isTheme(value: unknown): value is Theme {
  return value === 'system' || value === 'light' || value === 'dark' || value === 'contrast';
}

function parseObject(text: string | null): Partial<Record<keyof Settings, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
