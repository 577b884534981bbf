import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  look?: ButtonLook;
  /** The key that does the same, shown on the button. */
  shortcut?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

export type ButtonLook = 'primary' | 'plain' | 'danger' | 'bare';

const looks: Record<ButtonLook, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:not-disabled:brightness-110',
  plain: 'border-line-strong bg-surface text-ink hover:not-disabled:bg-sunken',
  danger: 'border-danger bg-surface text-danger hover:not-disabled:bg-danger-soft',
  bare: 'border-transparent text-ink hover:not-disabled:bg-sunken',
};

const shape =
  'inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-xl border px-4 py-2 text-left font-medium leading-tight transition-[background-color,filter] [&_svg]:shrink-0 disabled:opacity-60';

/** The class names of a button, for links that look like one. */
export function buttonClasses(look: ButtonLook = 'plain'): string {
  return `${shape} ${looks[look]}`;
}

export function Button({ look, shortcut, className = '', children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} aria-keyshortcuts={shortcut} className={`${buttonClasses(look)} ${className}`}>
      {children}
      {shortcut && <KeyHint name={shortcut} />}
    </AriaButton>
  );
}

/** A key cap; hidden from screen readers (`aria-keyshortcuts` tells them) and on touch screens without a keyboard. */
export function KeyHint({ name }: { name: string }) {
  return (
    <span aria-hidden="true" className="key-cap hidden opacity-80 sm:inline-grid [@media(pointer:coarse)]:hidden">
      {name}
    </span>
  );
}
