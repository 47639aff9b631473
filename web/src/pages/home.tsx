// The first page: how much there is, what happened of late, who posts most, and a way into each.
import { Link, useNavigate } from 'react-router';
import { graphql } from '../gql';
import { ago, count } from '../format';
import { useQuery } from '../graph';
import { Bars, Days } from '../parts/bars';
import { EventList } from '../parts/events';
import { Failed, Loading, useTitle } from '../parts/states';
import { Words } from '../parts/words';

const Home = graphql(/* GraphQL */ `
  query Home {
    stats {
      activeJobCount
      jobCount
      days { day created updated closed }
      freshness { sourceCount staleSourceCount latestCrawlAt }
    }
    orgs(first: 8, orderBy: [{ activeJobCount: DESC }]) { totalCount nodes { orgId name activeJobCount } }
    cities(first: 8) { nodes { value label activeJobCount } }
    departments(first: 8) { nodes { value label activeJobCount } }
    events(first: 12) { nodes { seq type observedAt changes { path } job { jobId title org { orgId name } } } }
  }
`);

function SearchBox() {
  const navigate = useNavigate();
  const search = (words: string) => void navigate(words ? `/jobs?${new URLSearchParams({ q: words })}` : '/jobs');
  return <Words label="Search all postings" isLarge search={search} />;
}

function Figures({ figures }: { figures: [label: string, value: string, to: string][] }) {
  return (
    <ul className="figures">
      {figures.map(([label, value, to]) => (
        <li key={label}>
          <Link to={to}>
            <strong>{value}</strong> <span>{label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Answer({ data }: { data: NonNullable<ReturnType<typeof useHome>['data']> }) {
  const [stats] = data.stats;
  const fresh = stats?.freshness;
  return (
    <>
      <Figures
        figures={[
          ['active postings', count(stats?.activeJobCount ?? 0), '/jobs'],
          ['known, closed ones included', count(stats?.jobCount ?? 0), '/jobs?status=any'],
          ['companies', count(data.orgs.totalCount), '/orgs'],
          ['boards', count(fresh?.sourceCount ?? 0), '/sources'],
        ]}
      />
      <section aria-labelledby="activity">
        <h2 id="activity">Opened and closed</h2>
        <Days days={stats?.days ?? []} />
        {fresh?.latestCrawlAt ? (
          <p className="quiet">
            Last crawl {ago(fresh.latestCrawlAt)}; {count(fresh.staleSourceCount)} of {count(fresh.sourceCount)} boards are behind.
          </p>
        ) : null}
      </section>
      <section aria-label="Largest">
        <div className="grid">
          <Bars
            title="Companies"
            bars={data.orgs.nodes.map((org) => ({ key: org.orgId, label: org.name, value: org.activeJobCount, to: `/orgs/${org.orgId}` }))}
          />
          <Bars
            title="Cities"
            bars={data.cities.nodes.map((it) => ({
              key: it.value,
              label: it.label,
              value: it.activeJobCount,
              to: `/jobs?${new URLSearchParams({ city: it.value })}`,
            }))}
          />
          <Bars
            title="Departments"
            bars={data.departments.nodes.map((it) => ({
              key: it.value,
              label: it.label,
              value: it.activeJobCount,
              to: `/jobs?${new URLSearchParams({ department: it.value })}`,
            }))}
          />
        </div>
      </section>
      <section aria-labelledby="events">
        <h2 id="events">Latest events</h2>
        <EventList rows={data.events.nodes} />
        <p>
          <Link to="/events">Follow them live</Link>
        </p>
      </section>
    </>
  );
}

const useHome = () => useQuery(Home, {});

export function HomePage() {
  const asked = useHome();
  useTitle('Job boards as a graph');
  return (
    <>
      <h1>Job boards as a graph</h1>
      <p className="subtitle">Public postings of many employers, with all that happened to them.</p>
      <SearchBox />
      {asked.error ? <Failed asked={asked} what="The overview" /> : null}
      {!asked.error && !asked.data ? <Loading what="the overview" /> : null}
      {asked.data ? <Answer data={asked.data} /> : null}
    </>
  );
}
