// The button below a list that has more pages.
import type { ReactNode } from 'react';
import type { Pages } from '../graph';

/** Nothing where the list has ended; `children` stand beside the button. */
export function More({ pages, label, children }: { pages: Pages<unknown>; label: string; children?: ReactNode }) {
  if (!pages.hasMore) return null;
  return (
    <p className="more">
      <button type="button" onClick={pages.more} disabled={pages.isLoadingMore}>
        {pages.isLoadingMore ? 'Loading…' : label}
      </button>
      {children ? <span className="quiet">{children}</span> : null}
    </p>
  );
}
