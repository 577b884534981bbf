import { getSettings, subscribeToSettings } from './settings.ts';

/** Mirrors the chosen theme, and the system's wish for contrast, onto the root element, where tokens.css reads them. */
export function followTheme(): void {
  const moreContrast = matchMedia('(prefers-contrast: more)');
  const apply = () => {
    const { theme } = getSettings();
    const { dataset } = document.documentElement;
    dataset.theme = theme;
    dataset.contrast = theme === 'contrast' || (theme === 'system' && moreContrast.matches) ? 'more' : 'standard';
  };
  apply();
  moreContrast.addEventListener('change', apply);
  subscribeToSettings(apply);
}
