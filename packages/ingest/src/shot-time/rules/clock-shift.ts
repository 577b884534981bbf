const SHIFT = /^([+-])(?:(\d{1,6})d\s*)?(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/;

/** `+01:00`, `-00:04:30` or `+6846d 14:15:00` as milliseconds; null when it is none. */
export function parseShift(text: string): number | null {
  const match = SHIFT.exec(text.trim());
  if (match === null) return null;
  const [, sign, days = 0, hours, minutes, seconds = 0] = match;
  const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return (sign === '-' ? -total : total) * 1000;
}
