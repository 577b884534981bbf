/**
 * Text that is safe and honest on a terminal: control characters, and those that turn the writing direction, are shown as escapes.
 *
 * File names, titles and names of people come from outside; an escape sequence in one could repaint the screen or set its title.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, toEscape);
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
