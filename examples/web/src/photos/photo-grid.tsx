import type { PhotoResource } from '@photoorg/example-api/schemas';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { gridRows } from './grid-rows.ts';
import { moveFocusWithArrows } from './move-focus-with-arrows.ts';
import type { PhotoSearch } from './photo-search.ts';
import { PhotoTile } from './photo-tile.tsx';
import { useElementWidth } from './use-element-width.ts';

interface PhotoGridProps {
  photos: readonly PhotoResource[];
  /** The search the photos belong to; an opened photo keeps it to find its neighbours. */
  search: PhotoSearch;
  /** Whether more photos can be fetched now. */
  hasMore: boolean;
  onMore: () => void;
  headingLevel?: 2 | 3;
}

const gap = 6;
/** Rows drawn beyond the window on each side, so that scrolling and Tab find the next ones ready. */
const overscanRows = 4;
/** Narrow grids take lower rows, so that a phone still shows photos side by side. */
const targetHeightFor = (width: number) => (width < 640 ? 150 : 230);

/** Justified rows with the months' names; only the rows near the window exist in the document, however many photos there are. */
export function PhotoGrid({ photos, search, hasMore, onMore, headingLevel = 2 }: PhotoGridProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  const [container, width] = useElementWidth<HTMLDivElement>();
  const [scrollMargin, setScrollMargin] = useState(0);
  const rows = useMemo(() => gridRows(photos, { width, targetHeight: targetHeightFor(width), gap }), [photos, width]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.height ?? 0) + gap,
    // A new function whenever the rows change: it is what makes the virtualizer take their heights anew.
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: overscanRows,
    scrollMargin,
  });
  const visible = virtualizer.getVirtualItems();
  const isAtEnd = rows.length > 0 && visible.at(-1)?.index === rows.length - 1;

  // Whatever stands above the grid may change its height with the page's width.
  useLayoutEffect(() => {
    if (container.current && width > 0) setScrollMargin(container.current.getBoundingClientRect().top + window.scrollY);
  }, [container, width]);
  useEffect(() => {
    if (hasMore && isAtEnd) onMore();
  }, [hasMore, isAtEnd, onMore]);

  return (
    <div ref={container} className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
      {visible.map(({ key, index, start }) => {
        const row = rows[index];
        if (!row) return null;
        const place = { height: row.height, gap, transform: `translateY(${start - scrollMargin}px)` };
        return (
          <ul key={key} onKeyDown={moveFocusWithArrows} className="absolute top-0 left-0 flex w-full items-end" style={place}>
            {row.cells.map((cell) => (
              <li key={cell.photo.photoId} className="shrink-0" style={{ width: cell.width }}>
                {cell.heading && <Heading className="truncate pb-1.5 font-semibold">{cell.heading}</Heading>}
                <PhotoTile photo={cell.photo} width={cell.width} height={row.photoHeight} search={search} />
              </li>
            ))}
          </ul>
        );
      })}
    </div>
  );
}
