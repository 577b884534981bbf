/** The look of every text and date field. */
export const fieldClasses =
  'min-h-11 w-full min-w-0 rounded-xl border border-line-strong bg-surface px-3.5 py-2 text-ink placeholder:text-muted placeholder:opacity-100';
