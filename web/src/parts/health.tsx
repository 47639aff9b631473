// How well a board is read, as a word with a color; the word alone says it all.
import type { CrawlOutcome, SourceHealth, SourceStatus } from '../gql/graphql';
import { name } from '../format';

const HEALTHS: Record<SourceHealth, string> = {
  OK: 'tag tag-good',
  DEGRADED: 'tag tag-warn',
  SUSPECT: 'tag tag-warn',
  FAILING: 'tag tag-bad',
  UNREACHABLE: 'tag tag-bad',
};

const OUTCOMES: Record<CrawlOutcome, string> = {
  COMPLETE: 'tag tag-good',
  EMPTY: 'tag tag-warn',
  PARTIAL: 'tag tag-warn',
  SUSPECT: 'tag tag-warn',
  FAILED: 'tag tag-bad',
  GONE: 'tag tag-bad',
};

export function Health({ health, status }: { health: SourceHealth; status: SourceStatus }) {
  if (status !== 'ACTIVE') return <span className="tag">{name(status)}</span>;
  return <span className={HEALTHS[health]}>{health === 'OK' ? 'OK' : name(health)}</span>;
}

export function Outcome({ outcome }: { outcome: CrawlOutcome }) {
  return <span className={OUTCOMES[outcome]}>{name(outcome)}</span>;
}
