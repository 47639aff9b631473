// What happens, as it happens: the latest events, and new ones on top as they come.
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { graphql } from '../gql';
import type { EventType } from '../gql/graphql';
import { count } from '../format';
import { useQuery } from '../graph';
import { EventList, type Row } from '../parts/events';
import { useChanges, type Connection } from '../parts/follow';
import { QuerySource } from '../parts/query';
import { Empty, Failed, Loading, useTitle } from '../parts/states';
import { changed } from './search.filter';

const LatestEvents = graphql(/* GraphQL */ `
  query LatestEvents($filter: EventFilter) {
    events(first: 50, filter: $filter) {
      nodes { seq type observedAt changes { path } job { jobId title org { orgId name } } }
    }
    head: events(first: 1) { nodes { seq } }
  }
`);

const TYPES: [EventType | '', string][] = [
  ['', 'All events'],
  ['JOB_CREATED', 'Opened'],
  ['JOB_UPDATED', 'Updated'],
  ['JOB_CLOSED', 'Closed'],
  ['JOB_REOPENED', 'Reopened'],
];

const WORDS: Record<Connection, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  waiting: 'Connection lost, trying again…',
};

/** While paused, what comes is counted, and shown on going on. */
function Log({ head, latest, type }: { head: string; latest: Row[]; type: EventType | '' }) {
  const [fresh, connection] = useChanges(head, type ? { type: { eq: type } } : null);
  const [pausedAt, setPausedAt] = useState<number>();
  const shown = pausedAt === undefined ? fresh : fresh.slice(fresh.length - pausedAt);
  const waiting = fresh.length - shown.length;
  return (
    <>
      <p className="live">
        <span className={`dot dot-${connection}`} aria-hidden="true" />
        <span role="status">{pausedAt === undefined ? WORDS[connection] : `Paused, ${count(waiting)} new`}</span>
        <button type="button" onClick={() => setPausedAt(pausedAt === undefined ? fresh.length : undefined)}>
          {pausedAt === undefined ? 'Pause' : 'Go on'}
        </button>
      </p>
      <EventList rows={shown} isLive />
      {latest.length + shown.length === 0 ? (
        <Empty title="Nothing has happened yet">
          <p>Events come as boards are read.</p>
        </Empty>
      ) : null}
      <EventList rows={latest} />
    </>
  );
}

export function Events() {
  const [address, setAddress] = useSearchParams();
  const type = TYPES.find(([value]) => value === address.get('type'))?.[0] ?? '';
  const variables = { filter: type ? { type: { eq: type } } : null };
  const asked = useQuery(LatestEvents, variables);
  useTitle('Events');
  return (
    <>
      <h1>Events</h1>
      <p className="subtitle">What happens to postings, as it happens.</p>
      <div className="settings">
        <label>
          Show
          <select value={type} onChange={(event) => setAddress(changed(address, 'type', event.target.value))}>
            {TYPES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      {asked.error ? <Failed asked={asked} what="The events" /> : null}
      {!asked.error && (!asked.data || asked.isLoading) ? <Loading what="events" /> : null}
      {asked.data && !asked.isLoading ? (
        <Log
          key={type}
          head={asked.data.head.nodes[0]?.seq ?? '0'}
          latest={asked.data.events.nodes}
          type={type}
        />
      ) : null}
      <QuerySource query={LatestEvents.toString()} variables={variables} />
    </>
  );
}
