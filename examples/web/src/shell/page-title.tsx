import { type ReactNode, useEffect, useRef } from 'react';

interface PageTitleProps {
  /** For the browser's tab; also the heading unless children are given. */
  title: string;
  className?: string;
  children?: ReactNode;
}

let announcedPath: string | null = null;

/**
 * The page's main heading. After a move from another page it takes the focus, so that screen readers read where one is
 * and Tab goes on from the top; on the first page of a visit the focus stays with the browser.
 */
export function PageTitle({ title, className = '', children }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · photoorg`;
    const { pathname } = window.location;
    if (announcedPath !== null && announcedPath !== pathname) heading.current?.focus({ preventScroll: true });
    announcedPath = pathname;
  }, [title]);

  return (
    <h1 ref={heading} tabIndex={-1} className={`rounded-md font-bold text-2xl tracking-tight sm:text-3xl ${className}`}>
      {children ?? title}
    </h1>
  );
}
