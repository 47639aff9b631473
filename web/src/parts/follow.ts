// Follows the log as it grows, over an event stream. What is missed while the connection is away is caught up with:
// each connection begins after the last event that came.
import { NetworkError, createClient } from 'graphql-sse';
import { useEffect, useRef, useState } from 'react';
import { graphql } from '../gql';
import type { ChangesSubscription, EventFilter } from '../gql/graphql';
import { UNAUTHENTICATED, authorization, heldKey, turnedAway } from '../key';

const Changes = graphql(/* GraphQL */ `
  subscription Changes($after: Seq, $filter: EventFilter) {
    changes(after: $after, filter: $filter) {
      seq
      type
      observedAt
      changes { path }
      job { jobId title org { orgId name } }
    }
  }
`);

export type Followed = ChangesSubscription['changes'];
export type Connection = 'connecting' | 'live' | 'waiting';

/** Events that are shown; earlier ones are on the pages of their postings. */
const KEPT_MAX = 200;
const PAUSE_MS = 3_000;

/** Events after `after`, the latest first, and whether the line stands. Follows nothing while `after` is unknown. */
export function useChanges(after: string | undefined, filter: EventFilter | null): [Followed[], Connection] {
  const [events, setEvents] = useState<Followed[]>([]);
  const [connection, setConnection] = useState<Connection>('connecting');
  const last = useRef(after);
  const key = JSON.stringify(filter);
  useEffect(() => {
    setEvents([]);
    last.current = after;
    if (after === undefined) return undefined;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    const held = heldKey();
    const client = createClient({
      url: '/graphql',
      headers: authorization(held),
      retryAttempts: 0,
      onMessage: () => setConnection('live'),
    });
    const again = () => {
      if (isOver) return;
      setConnection('waiting');
      timer = setTimeout(start, PAUSE_MS);
    };
    function start() {
      setConnection('live');
      const variables = { after: last.current, filter: JSON.parse(key) as EventFilter | null };
      stop = client.subscribe<ChangesSubscription>(
        { query: Changes.toString(), variables },
        {
          next: ({ data, errors }) => {
            // It was revoked or has expired meanwhile.
            if (errors?.[0]?.extensions?.code === UNAUTHENTICATED) turnedAway(held);
            const event = data?.changes;
            if (!event) return;
            last.current = event.seq;
            setEvents((before) => [event, ...before].slice(0, KEPT_MAX));
          },
          error: (error) => {
            if (error instanceof NetworkError && error.response?.status === 401) turnedAway(held);
            again();
          },
          complete: again,
        },
      );
    }
    start();
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop();
      client.dispose();
    };
  }, [after, key]);
  return [events, connection];
}
