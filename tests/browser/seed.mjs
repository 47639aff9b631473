// What the original's page of the seed's record shows, label by label in its order, and where ours shows something else on
// purpose. Values: what the original shows; `[original, ours, why]` where we differ; a pattern where no payload can tell.

const TITLE = 'Director, Machine Learning Engineering – Content & User Understanding';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const URL_SHOWN = 'https://www.pinterestcareers.com/jobs/?gh_jid=7908460';
const ALWAYS_KNOWN = 'the original had none';
const PAY_READ = 'the original left all of the pay unread';

export const CRUMBS = ['Home', 'Companies', 'Pinterest', TITLE];
export const HEADLINE = TITLE;
export const SUBTITLE = 'Pinterest · San Francisco, CA, US; Remote, US · Remote · Active · Greenhouse';

export const FACTS = [
  ['Field', 'Value'],
  ['Company', ['', 'Pinterest', 'the original leaves it blank']],
  ['Title', TITLE],
  ['Normalized title', ['-', TITLE, ALWAYS_KNOWN]],
  ['Department / team', 'Core Engineering'],
  ['Location', 'San Francisco, United States'],
  ['Work model', 'Remote / Remote'],
  ['Employment type', 'Regular'],
  ['Salary', ['-', '$267,393—$550,515 USD', PAY_READ]],
  ['Status', 'active'],
  ['ATS provider', 'Greenhouse'],
  ['Posted / first seen', '2026-05-26 / 2026-05-29'],
  ['Changed / last seen', '2026-06-06 / 2026-06-06'],
];

export const SLICES = [
  ['Page', 'What it contains', 'Open'],
  ['Company jobs', 'Active postings from Pinterest.', 'Open'],
  ['Company breakdowns', 'Role, location, ATS, and work model facets for this company.', 'Open'],
  ['ATS provider jobs', 'Active postings observed through Greenhouse.', 'Open'],
  ['Provider filtered search', 'The same provider as a filtered job collection.', 'Open'],
  ['City jobs', 'Active postings in San Francisco.', 'Open'],
  ['Department jobs', 'Active postings in Core Engineering.', 'Open'],
  ['Work model jobs', 'Active Remote postings.', 'Open'],
  ['Lifecycle events', 'Open, update, close, and reopen events for this posting.', 'Open'],
  ['Original posting', 'Canonical source or apply URL captured from the ATS.', 'Open'],
];

export const LINKED = [
  ['Company', ['', 'Pinterest', 'the original leaves it blank']],
  ['Source', UUID],
  ['ATS provider', 'Greenhouse'],
];

export const RECORD = [
  ['Job ID', '7d5621bb4908f7b134f32897ba38de05b147ae17'],
  ['Org ID', UUID],
  ['Source ID', UUID],
  ['Board ID', UUID],
  ['Provider', 'greenhouse'],
  ['Provider Job Key', '7908460'],
  ['Title', TITLE],
  ['Normalized Title', ['—', TITLE, ALWAYS_KNOWN]],
  ['Status', 'active'],
  ['Active', 'yes'],
  ['Location Text', 'San Francisco, CA, US; Remote, US'],
  ['Department', 'Core Engineering'],
  ['Team', '—'],
  ['Employment Type', 'Regular'],
  ['Workplace Type', 'remote'],
  ['Remote Policy', 'remote'],
  ['Country', 'United States'],
  ['Region', ['—', 'California', 'the original lost "CA"']],
  ['City', 'San Francisco'],
  ['Salary Raw', ['—', '$267,393—$550,515 USD', PAY_READ]],
  ['Salary Min', ['—', '267393', PAY_READ]],
  ['Salary Max', ['—', '550515', PAY_READ]],
  ['Salary Currency', ['—', 'USD', PAY_READ]],
  ['Salary Period', ['—', 'year', PAY_READ]],
  ['Source URL', URL_SHOWN],
  ['Apply URL', URL_SHOWN],
  ['First Seen At', '2026-05-29 22:41:39Z'],
  ['Last Seen At', '2026-06-06 20:31:24Z'],
  ['Last Checked At', '2026-06-06 20:31:24Z'],
  ['Last Changed At', '2026-06-06 07:33:26Z'],
  ['Inactive At', '—'],
  ['Source Posted At', '2026-05-26 21:29:54Z'],
  ['Source Updated At', '2026-06-04 20:28:58Z'],
  ['Raw Payload Uri', /raw\/provider=greenhouse\/board=pinterest\/date=2026-06-06\/2026-06-06T20-31-24-275Z-[0-9a-f]{64}\.json(\.zst)?$/],
];

export const HEADINGS = [
  'Job facts',
  'Related slices',
  'Linked records',
  'Description',
  'Full job record',
  'Event Fields',
  'Parsed Structured',
  'Extensions',
  'Native Structured',
  'Get this page with GraphQL',
];

const PLACE = { raw: 'San Francisco, CA, US', city: 'San Francisco', country: 'United States' };

/** The blocks, as far as no hash and no clock of the original's stands in them. */
export const BLOCKS = {
  'Event Fields': { last_changed_at: '2026-06-06T07:33:26.772Z', active_status: 'active' },
  'Parsed Structured': { language: 'en', location: PLACE, remote_policy: 'remote', workplace_type: 'remote' },
  Extensions: {},
};

/** All keys of the blocks in the original. */
export const KEYS = {
  'Event Fields': ['active_status', 'content_hash', 'last_changed_at', 'source_hash'],
  'Parsed Structured': [
    ...['inferred_at', 'language', 'launch_scope', 'location', 'remote_policy', 'salary_currency', 'salary_max'],
    ...['salary_min', 'salary_period', 'workplace_type'],
  ],
  Extensions: [],
};
