// A posting's life: every event with what it changed, word by word, and the way to each state.
import { Link, useParams } from 'react-router';
import { graphql } from '../gql';
import type { JobHistoryQuery } from '../gql/graphql';
import { counted, day, name, plain, time } from '../format';
import { usePages, useQuery } from '../graph';
import { Crumbs } from '../parts/crumbs';
import { EventTag } from '../parts/events';
import { More } from '../parts/more';
import { QuerySource } from '../parts/query';
import { Empty, Failed, Loading, Missing, useTitle } from '../parts/states';

const JobHistory = graphql(/* GraphQL */ `
  query JobHistory($id: ID!, $after: String) {
    job(by: { id: $id }) {
      jobId
      title
      org { orgId name }
      openings
      closedReason
      closureEvidence { lastSeenAt firstMissedAt confirmedAt completeCrawlsMissed }
      role { key firstSeenAt jobs(first: 10) { totalCount edges { kind confidence node { jobId title locationText status firstSeenAt } } } }
      events(first: 20, after: $after) {
        totalCount
        nodes {
          seq
          jobSeq
          type
          cause
          observedAt
          effectiveAt
          changes { path kind op old new text { truncated hunks { oldStart newStart removed added } } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

type Job = NonNullable<JobHistoryQuery['job']>;
type Event = Job['events']['nodes'][number];
type Change = Event['changes'][number];

function Lines({ text }: { text: NonNullable<Change['text']> }) {
  return (
    <div className="diff">
      {text.hunks.map((hunk) => (
        <pre key={`${hunk.oldStart}-${hunk.newStart}`} tabIndex={0} aria-label={`Lines from ${hunk.newStart}`}>
          {hunk.removed.map((line, index) => (
            <del key={index}>{line || ' '}</del>
          ))}
          {hunk.added.map((line, index) => (
            <ins key={index}>{line || ' '}</ins>
          ))}
        </pre>
      ))}
      {text.truncated ? <p className="quiet">Further places changed; they are too long to be kept.</p> : null}
    </div>
  );
}

function ChangeRow({ change }: { change: Change }) {
  return (
    <tr>
      <th scope="row">
        <span className="mono">{change.path}</span>
        {change.kind === 'DERIVED' ? <span className="quiet"> derived</span> : null}
      </th>
      <td>
        {change.text ? (
          <Lines text={change.text} />
        ) : (
          <>
            {change.op === 'ADD' ? null : <del>{plain(change.old)}</del>} {change.op === 'REMOVE' ? null : <ins>{plain(change.new)}</ins>}
          </>
        )}
      </td>
    </tr>
  );
}

function EventItem({ event, jobId }: { event: Event; jobId: string }) {
  return (
    <li className="step" id={`event-${event.jobSeq}`}>
      <h2>
        <EventTag type={event.type} /> <time dateTime={event.observedAt}>{time(event.observedAt)}</time>
      </h2>
      <p className="quiet">
        Event {event.seq}, state {event.jobSeq} of the posting
        {event.cause === 'SOURCE' ? '' : `, by ${name(event.cause)?.toLowerCase()}`}.{' '}
        <Link to={`/jobs/${jobId}?seq=${event.seq}`}>Show the posting as it stood</Link>
      </p>
      {event.changes.length > 0 ? (
        <table className="changes">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before and after</th>
            </tr>
          </thead>
          <tbody>
            {event.changes.map((change, index) => (
              <ChangeRow key={`${change.path}-${index}`} change={change} />
            ))}
          </tbody>
        </table>
      ) : null}
    </li>
  );
}

function Evidence({ job }: { job: Job }) {
  const evidence = job.closureEvidence;
  if (!evidence) return null;
  return (
    <p className="banner banner-closed" role="note">
      Closed: {name(job.closedReason)?.toLowerCase()}. Last seen {time(evidence.lastSeenAt)}, first missed{' '}
      {time(evidence.firstMissedAt)}, and missed by {counted(evidence.completeCrawlsMissed, 'complete crawl')} until{' '}
      {time(evidence.confirmedAt)}.
    </p>
  );
}

function Role({ job }: { job: Job }) {
  if (!job.role || job.role.jobs.totalCount === 0) return null;
  return (
    <section aria-labelledby="role">
      <h2 id="role">The same role elsewhere</h2>
      <p className="quiet">Offered since {day(job.role.firstSeenAt)}.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Posting</th>
            <th scope="col">How</th>
            <th scope="col" className="number">
              Certainty
            </th>
          </tr>
        </thead>
        <tbody>
          {job.role.jobs.edges.map(({ kind, confidence, node }) => (
            <tr key={node.jobId}>
              <th scope="row">
                <Link to={`/jobs/${node.jobId}`}>{node.title}</Link>{' '}
                <span className="quiet">{[node.locationText, day(node.firstSeenAt)].filter((it) => it).join(' · ')}</span>
              </th>
              <td>{name(kind)}</td>
              <td className="number">{Math.round(confidence * 100)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function History() {
  const { jobId = '' } = useParams();
  const variables = { id: jobId };
  const asked = useQuery(JobHistory, variables);
  const job = asked.data?.job;
  const pages = usePages(JobHistory, variables, job?.events, (result) => result.job?.events);
  useTitle(job ? `History of ${job.title}` : undefined);
  if (asked.error) return <Failed asked={asked} what="The history" />;
  if (!asked.data || asked.isLoading) return <Loading what="the history" />;
  if (!job) return <Missing what="posting" />;
  return (
    <>
      <Crumbs
        way={[
          [job.org.name, `/orgs/${job.org.orgId}`],
          [job.title, `/jobs/${job.jobId}`],
        ]}
        here="History"
      />
      <h1>History of {job.title}</h1>
      <p className="subtitle">
        {counted(job.events.totalCount, 'event')} · open {counted(job.openings, 'time')}
      </p>
      <Evidence job={job} />
      {pages.nodes.length === 0 ? <Empty title="Nothing has happened yet" /> : null}
      <ol className="steps">
        {pages.nodes.map((event) => (
          <EventItem key={event.seq} event={event} jobId={job.jobId} />
        ))}
      </ol>
      {pages.error ? <p role="alert">{pages.error.message}</p> : null}
      <More pages={pages} label="Show earlier events" />
      <Role job={job} />
      <QuerySource query={JobHistory.toString()} variables={variables} />
    </>
  );
}
