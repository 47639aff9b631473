// Events of postings as rows of a table, and how each type of event looks.
import { Link } from 'react-router';
import type { EventType } from '../gql/graphql';
import { ago, time } from '../format';

const TYPES: Record<EventType, [label: string, className: string]> = {
  JOB_CREATED: ['Opened', 'tag tag-good'],
  JOB_UPDATED: ['Updated', 'tag tag-accent'],
  JOB_CLOSED: ['Closed', 'tag tag-warn'],
  JOB_REOPENED: ['Reopened', 'tag tag-good'],
};

export function EventTag({ type }: { type: EventType }) {
  const [label, className] = TYPES[type];
  return <span className={className}>{label}</span>;
}

export interface Row {
  seq: string;
  type: EventType;
  observedAt: string;
  changes: { path: string }[];
  job: { jobId: string; title: string; org: { orgId: string; name: string } };
}

/** What the type of the event says already. */
const IMPLIED = ['closedReason', 'inactiveAt', 'status'];

/** The fields that changed, in words: ` · title, locations and 2 more`. */
function touched(row: Row): string {
  const paths = row.changes.map((change) => change.path.replace(/[[.].*$/, ''));
  const fields = [...new Set(paths)].filter((path) => !IMPLIED.includes(path));
  if (fields.length === 0) return '';
  const more = fields.length - 3;
  return ' · ' + fields.slice(0, 3).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

export function EventList({ rows, isLive = false }: { rows: Row[]; isLive?: boolean }) {
  return (
    <ol className={isLive ? 'log log-live' : 'log'}>
      {rows.map((row) => (
        <li key={row.seq}>
          <EventTag type={row.type} />
          <span className="log-what">
            <Link to={`/jobs/${row.job.jobId}/history`}>{row.job.title}</Link>{' '}
            <span className="quiet">
              <Link to={`/orgs/${row.job.org.orgId}`}>{row.job.org.name}</Link>
              {touched(row)}
            </span>
          </span>
          <time className="quiet" dateTime={row.observedAt} title={time(row.observedAt) ?? ''}>
            {ago(row.observedAt)}
          </time>
        </li>
      ))}
    </ol>
  );
}
