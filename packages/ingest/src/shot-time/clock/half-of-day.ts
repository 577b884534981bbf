/** Hours that count from the night or from noon. */
export type HalfOfDay = 'A' | 'P';

/** How phones write the halves of the day in the languages whose clocks have twelve hours. */
const HALVES: Readonly<Record<HalfOfDay, RegExp>> = {
  A: /(?<!\p{L})a\.?\s?m(?:\.|(?!\p{L}))|上午|午前|오전|(?<!\p{L})(?:ص|ق\.?\s?ظ\.?|π\.?\s?μ\.?|पूर्वाह्न)(?!\p{L})/iu,
  P: /(?<!\p{L})p\.?\s?m(?:\.|(?!\p{L}))|下午|午後|오후|(?<!\p{L})(?:م|ب\.?\s?ظ\.?|μ\.?\s?μ\.?|अपराह्न)(?!\p{L})/iu,
};

/** Takes the half of the day out of a text: that of `9:02:31 PM` is P. */
export function takeHalfOfDay(text: string): { half: HalfOfDay | undefined; rest: string } {
  for (const half of ['A', 'P'] as const) {
    if (HALVES[half].test(text)) return { half, rest: text.replace(HALVES[half], ' ') };
  }
  return { half: undefined, rest: text };
}

/** The hour of 24 for one of 12. Beyond 12 the half says nothing new. */
export function hourOf24(hour: number, half: HalfOfDay | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (half === 'P' ? 12 : 0);
}
