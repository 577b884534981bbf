const DECIMAL = /\p{Nd}/u;
const FOREIGN_DECIMAL = /(?![0-9])\p{Nd}/gu;

/** Text whose digits are 0 to 9, whatever script they were written in: Arabic-Indic, Persian, Devanagari, Thai, full-width and all others of Unicode. */
export function asciiDigits(text: string): string {
  return text.replace(FOREIGN_DECIMAL, (digit) => String(digitValue(digit)));
}

/** Unicode keeps the digits of a script together and in order. https://www.unicode.org/policies/stability_policy.html */
function digitValue(digit: string): number {
  const codePoint = digit.codePointAt(0)!;
  let zero = codePoint;
  while (DECIMAL.test(String.fromCodePoint(zero - 1))) zero--;
  return (codePoint - zero) % 10;
}
