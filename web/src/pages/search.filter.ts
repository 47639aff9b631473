// What a search's address says, and what it asks the graph for. `work=REMOTE&work=HYBRID&q=rust` are two values of one
// facet and words; the value `none` stands for postings that do not say.
import type { JobFacetField, JobFilter, JobOrder } from '../gql/graphql';

export const NONE = 'none';

interface Facet {
  /** The name in the address. */
  name: string;
  field: JobFacetField;
  title: string;
  /** Whether the graph's labels are names of a closed set, to be written for people. */
  isEnum?: boolean;
  filter: (within: { in: string[] } | { isNull: true }) => JobFilter;
}

// The values come from the graph's own facets, or are refused by it with a message that is shown.
const condition = (key: keyof JobFilter) => (within: unknown) => ({ [key]: within }) as JobFilter;

export const FACETS: Facet[] = [
  { name: 'work', field: 'WORKPLACE_TYPE', title: 'Workplace', isEnum: true, filter: condition('workplaceType') },
  { name: 'country', field: 'COUNTRY', title: 'Country', filter: condition('country') },
  { name: 'city', field: 'CITY', title: 'City', filter: condition('city') },
  { name: 'function', field: 'FUNCTION', title: 'Kind of work', isEnum: true, filter: condition('function') },
  { name: 'seniority', field: 'SENIORITY', title: 'Level', isEnum: true, filter: condition('seniority') },
  { name: 'employment', field: 'EMPLOYMENT_TYPE', title: 'Employment', isEnum: true, filter: condition('employmentType') },
  { name: 'department', field: 'DEPARTMENT', title: 'Department', filter: condition('department') },
  { name: 'org', field: 'ORG', title: 'Company', filter: condition('orgId') },
  { name: 'language', field: 'LANGUAGE', title: 'Language', filter: condition('language') },
  { name: 'provider', field: 'PROVIDER', title: 'ATS provider', filter: condition('provider') },
];

export const STATUSES = [
  ['', 'Active'],
  ['closed', 'Closed'],
  ['any', 'All'],
] as const;

export const ORDERS: { name: string; title: string; needsSearch?: boolean; by: JobOrder[] | null }[] = [
  { name: '', title: 'Latest, or best match', by: null },
  { name: 'posted', title: 'Latest posted', by: [{ postedAt: 'DESC' }] },
  { name: 'changed', title: 'Latest changed', by: [{ lastChangedAt: 'DESC' }] },
  { name: 'pay', title: 'Highest pay', by: [{ salary: 'DESC' }] },
  { name: 'title', title: 'Title', by: [{ title: 'ASC' }] },
];

/** The values that the address has of a facet. */
export const chosen = (address: URLSearchParams, facet: Facet): string[] => address.getAll(facet.name);

function ofFacet(facet: Facet, values: string[]): JobFilter[] {
  const known = values.filter((value) => value !== NONE);
  const parts: JobFilter[] = [];
  if (known.length > 0) parts.push(facet.filter({ in: known }));
  if (known.length < values.length) parts.push(facet.filter({ isNull: true }));
  return parts.length > 1 ? [{ or: parts }] : parts;
}

/** What the address asks for. */
export function variablesOf(address: URLSearchParams) {
  const status = address.get('status') ?? '';
  const parts = FACETS.flatMap((facet) => ofFacet(facet, chosen(address, facet)));
  if (status !== 'any') parts.push({ status: { eq: status === 'closed' ? 'CLOSED' : 'ACTIVE' } });
  const search = address.get('q')?.trim() || null;
  const order = ORDERS.find((it) => it.name === address.get('sort'));
  return { search, filter: parts.length > 0 ? { and: parts } : null, orderBy: order?.by ?? null };
}

/** The address with a value of a facet added, or taken away if it is there. */
export function toggled(address: URLSearchParams, facet: Facet, value: string): URLSearchParams {
  const next = new URLSearchParams(address);
  const values = chosen(address, facet);
  next.delete(facet.name);
  const kept = values.includes(value) ? values.filter((it) => it !== value) : [...values, value];
  kept.forEach((it) => next.append(facet.name, it));
  return next;
}

/** The address with one value of a setting, or without the setting. */
export function changed(address: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(address);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}
