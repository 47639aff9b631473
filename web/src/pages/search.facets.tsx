// The facets beside a search: what the list would have by each value, as check boxes, and what is chosen already.
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { graphql } from '../gql';
import type { JobFacetField, JobFacetsQuery } from '../gql/graphql';
import { count, name } from '../format';
import { useQuery } from '../graph';
import { FACETS, NONE, changed, chosen, toggled, variablesOf } from './search.filter';

const JobFacets = graphql(/* GraphQL */ `
  query JobFacets($search: String, $filter: JobFilter, $fields: [JobFacetField!]!) {
    jobs(search: $search, filter: $filter, first: 0) {
      facets(fields: $fields, top: 8) {
        field
        otherCount
        isExact
        buckets { value label count }
      }
    }
  }
`);

const ChosenOrgs = graphql(/* GraphQL */ `
  query ChosenOrgs($ids: [ID!]!) {
    nodes(ids: $ids) { ... on Org { orgId name } }
  }
`);

type Facet = (typeof FACETS)[number];
type Counted = JobFacetsQuery['jobs']['facets'][number];

const FIELDS: JobFacetField[] = FACETS.map((facet) => facet.field);
/** Facets that are open to begin with, where there is room. */
const OPEN = 6;
const WIDE = '(min-width: 60rem)';

function labelOf(facet: Facet, value: string, label: string): string {
  if (value === NONE) return 'Not stated';
  return facet.isEnum ? (name(label) ?? label) : label || value;
}

interface Row {
  value: string;
  label: string;
  count: number | undefined;
}

/** The facet's buckets, and before them what is chosen but not among the largest. */
function rowsOf(facet: Facet, found: Counted | undefined, values: string[]): Row[] {
  const buckets = (found?.buckets ?? []).map((bucket) => {
    const value = bucket.value ?? NONE;
    return { value, label: labelOf(facet, value, bucket.label), count: bucket.count };
  });
  const missing = values.filter((value) => !buckets.some((bucket) => bucket.value === value));
  return [...missing.map((value) => ({ value, label: labelOf(facet, value, value), count: undefined })), ...buckets];
}

function FacetBox({ facet, found, isOpen }: { facet: Facet; found: Counted | undefined; isOpen: boolean }) {
  const [address, setAddress] = useSearchParams();
  const values = chosen(address, facet);
  const rows = rowsOf(facet, found, values);
  if (rows.length === 0) return null;
  return (
    <details className="facet" open={isOpen || values.length > 0}>
      <summary>{facet.title}</summary>
      <fieldset>
        <legend className="visually-hidden">{facet.title}</legend>
        {rows.map((row) => (
          <label key={row.value} className={row.value === NONE ? 'facet-none' : undefined}>
            <input
              type="checkbox"
              checked={values.includes(row.value)}
              onChange={() => setAddress(toggled(address, facet, row.value), { preventScrollReset: true })}
            />
            <span className="facet-label">{row.label}</span>
            <span className="facet-count">{row.count === undefined ? '' : count(row.count)}</span>
          </label>
        ))}
        {found && found.otherCount > 0 ? <p className="quiet">{count(found.otherCount)} in others</p> : null}
      </fieldset>
    </details>
  );
}

function useWide(): boolean {
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const follow = () => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isWide;
}

export function Facets({ address }: { address: URLSearchParams }) {
  const { search, filter } = variablesOf(address);
  const asked = useQuery(JobFacets, { search, filter, fields: FIELDS });
  const isWide = useWide();
  const counts = new Map(asked.data?.jobs.facets.map((facet) => [facet.field, facet]));
  const boxes = FACETS.map((facet, index) => (
    <FacetBox key={facet.name} facet={facet} found={counts.get(facet.field)} isOpen={isWide && index < OPEN} />
  ));
  return (
    <aside aria-label="Filters" aria-busy={asked.isLoading} className={asked.isLoading ? 'facets stale' : 'facets'}>
      {asked.error ? (
        <p role="alert" className="quiet">
          Filters could not be counted: {asked.error.message}
        </p>
      ) : null}
      {isWide ? (
        boxes
      ) : (
        <details className="facets-all">
          <summary>Filters</summary>
          {boxes}
        </details>
      )}
    </aside>
  );
}

/** What the search is narrowed by, each with a way out. */
export function Chosen({ address }: { address: URLSearchParams }) {
  const ids = address.getAll('org').filter((id) => id !== NONE);
  const orgs = useQuery(ChosenOrgs, { ids: ids.slice(0, 100) });
  const names = new Map(orgs.data?.nodes.flatMap((it) => (it && 'orgId' in it ? [[it.orgId, it.name] as const] : [])));
  const values = FACETS.flatMap((facet) => chosen(address, facet).map((value) => ({ facet, value })));
  const words = address.get('q');
  if (values.length === 0 && !words) return null;
  return (
    <ul className="chosen" aria-label="Chosen filters">
      {words ? (
        <li>
          <Link to={`/jobs?${changed(address, 'q', '')}`} aria-label={`Remove the words ${words}`}>
            “{words}” <span aria-hidden="true">×</span>
          </Link>
        </li>
      ) : null}
      {values.map(({ facet, value }) => {
        const label = labelOf(facet, value, names.get(value) ?? value);
        return (
          <li key={`${facet.name}=${value}`}>
            <Link to={`/jobs?${toggled(address, facet, value)}`} aria-label={`Remove ${facet.title}: ${label}`}>
              <span className="quiet">{facet.title}:</span> {label} <span aria-hidden="true">×</span>
            </Link>
          </li>
        );
      })}
      <li>
        <Link to="/jobs">Clear all</Link>
      </li>
    </ul>
  );
}
