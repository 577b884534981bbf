import type { KeyboardEvent } from 'react';

const steps: Record<string, 'before' | 'after' | 'above' | 'below'> = {
  ArrowLeft: 'before',
  ArrowRight: 'after',
  ArrowUp: 'above',
  ArrowDown: 'below',
};

/** Moves the focus between the links of a list of photos and the rows around it, as they lie on the screen. */
export function moveFocusWithArrows(event: KeyboardEvent<HTMLUListElement>): void {
  const step = steps[event.key];
  const focused = document.activeElement;
  const grid = event.currentTarget.parentElement;
  if (!step || !grid || !(focused instanceof HTMLAnchorElement)) return;
  const links = [...grid.querySelectorAll<HTMLAnchorElement>('li > a')];
  const target =
    step === 'before' || step === 'after' ? neighbourInOrder(links, focused, step) : nearestInRow(links, focused, step);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function neighbourInOrder(links: HTMLAnchorElement[], focused: HTMLAnchorElement, step: 'before' | 'after') {
  return links[links.indexOf(focused) + (step === 'after' ? 1 : -1)];
}

function nearestInRow(links: HTMLAnchorElement[], focused: HTMLAnchorElement, step: 'above' | 'below') {
  const from = focused.getBoundingClientRect();
  const middle = from.left + from.width / 2;
  const distance = ({ top, left, width }: DOMRect) => Math.abs(top - from.top) * 1000 + Math.abs(left + width / 2 - middle);
  return links
    .map((link) => ({ link, rect: link.getBoundingClientRect() }))
    .filter(({ rect }) => (step === 'below' ? rect.top > from.top : rect.top < from.top))
    .sort((a, b) => distance(a.rect) - distance(b.rect))[0]?.link;
}
