// What stands in a page's place while it loads, when it failed, when there is nothing, and when there is no such thing.
import { useEffect, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import type { Asked } from '../graph';

/** Names the page in the browser's tab. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · jobgraph`;
  }, [title]);
}

/** Shows the part of the page that the address names, once it is there. */
export function useAnchor(isReady: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (isReady && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [isReady, hash]);
}

export function Loading({ what }: { what: string }) {
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">Loading {what}…</span>
      <span className="bone bone-title" />
      <span className="bone" />
      <span className="bone" />
      <span className="bone bone-short" />
    </div>
  );
}

export function Failed({ asked, what }: { asked: Pick<Asked<unknown>, 'error' | 'retry'>; what: string }) {
  return (
    <div className="state state-failed" role="alert">
      <h2>{what} could not be loaded</h2>
      <p>{asked.error?.message}</p>
      <p className="quiet">Code {asked.error?.code}</p>
      <button type="button" onClick={asked.retry}>
        Try again
      </button>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** For addresses of nothing. */
export function Missing({ what }: { what: string }) {
  useTitle(`No such ${what}`);
  return (
    <div className="state">
      <h1>There is no such {what}</h1>
      <p>
        Nothing in this graph has this address. It may be mistyped, or belong to another installation.
        {what === 'posting' ? ' A posting that was closed keeps its page, so this is not why.' : ''}
      </p>
      <p>
        <Link to="/jobs">Search all postings</Link>
      </p>
    </div>
  );
}
