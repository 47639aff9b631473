// The reference: every type of `/schema.graphql` on one page, so that each has an address of its own (`#Job.salary`), and a
// search over names and descriptions. The file is parsed here; nothing is asked of `/graphql`.
import { parse } from 'graphql';

/** In the order in which they are shown. */
const KINDS = {
  ObjectTypeDefinition: 'Objects',
  InterfaceTypeDefinition: 'Interfaces',
  UnionTypeDefinition: 'Unions',
  InputObjectTypeDefinition: 'Inputs',
  EnumTypeDefinition: 'Enums',
  ScalarTypeDefinition: 'Scalars',
  DirectiveDefinition: 'Directives',
};
const ROOTS = ['Query', 'Subscription'];
const RESULTS_MAX = 60;

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; text is never read as HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => value != null && made.setAttribute(key, value));
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

const link = (id, text = id) => element('a', { href: `#${id}` }, text);

/** A description: paragraphs, with `code`. */
function prose(description) {
  return (description?.value ?? '').split(/\n{2,}/).filter(Boolean).map((paragraph) => {
    const parts = paragraph.split('`').map((part, index) => (index % 2 ? element('code', {}, part) : part));
    return element('p', {}, ...parts);
  });
}

/** A type as it is written, its name a link: `[Job!]!`. */
function typeOf(type) {
  if (type.kind === 'NonNullType') return [...typeOf(type.type), '!'];
  if (type.kind === 'ListType') return ['[', ...typeOf(type.type), ']'];
  const name = type.name.value;
  return [known.has(name) ? link(name) : name];
}

const nameOf = (type) => (type.kind === 'NamedType' ? type.name.value : nameOf(type.type));

/** A value of the schema, such as a default, as it is written. */
function written(value) {
  if (value.kind === 'ListValue') return `[${value.values.map(written).join(', ')}]`;
  if (value.kind === 'ObjectValue') return `{${value.fields.map((it) => `${it.name.value}: ${written(it.value)}`).join(', ')}}`;
  if (value.kind === 'NullValue') return 'null';
  return value.kind === 'StringValue' ? JSON.stringify(value.value) : String(value.value);
}

function deprecation({ directives = [] }) {
  const deprecated = directives.find(({ name }) => name.value === 'deprecated');
  if (!deprecated) return null;
  const reason = deprecated.arguments?.find(({ name }) => name.value === 'reason');
  return element('p', { class: 'deprecated' }, `Deprecated. ${reason ? reason.value.value : ''}`.trim());
}

function argument(definition) {
  const { name, type, defaultValue, description } = definition;
  const standard = defaultValue ? [' = ', element('code', {}, written(defaultValue))] : [];
  return [
    element('dt', {}, element('code', {}, name.value), ': ', element('span', { class: 'type' }, typeOf(type)), standard),
    element('dd', {}, prose(description), deprecation(definition)),
  ];
}

/** A field, an input field or an enum value of a type. */
function member(owner, definition) {
  const id = `${owner}.${definition.name.value}`;
  const type = definition.type ? [': ', element('span', { class: 'type' }, typeOf(definition.type))] : [];
  const standard = definition.defaultValue ? [' = ', element('code', {}, written(definition.defaultValue))] : [];
  const given = definition.arguments ?? [];
  return element(
    'section',
    { id, class: 'member' },
    element('h4', {}, element('a', { href: `#${id}`, class: 'name' }, element('span', { class: 'owner' }, `${owner}.`), definition.name.value), type, standard),
    prose(definition.description),
    deprecation(definition),
    given.length > 0 && element('dl', { 'aria-label': `Arguments of ${definition.name.value}` }, given.flatMap(argument)),
  );
}

const membersOf = (definition) => definition.fields ?? definition.values ?? [];

function section(definition, users) {
  const name = definition.name.value;
  const isOneOf = definition.directives?.some((it) => it.name.value === 'oneOf');
  const standard = definition.directives?.find((it) => it.name.value === 'specifiedBy')?.arguments?.[0].value.value;
  const kind = KINDS[definition.kind].slice(0, -1).toLowerCase();
  const implemented = (definition.interfaces ?? []).map((it) => it.name.value);
  const parts = definition.kind === 'DirectiveDefinition' ? (definition.arguments ?? []).flatMap(argument) : [];
  return element(
    'section',
    { id: name, class: 'definition' },
    element('h3', {}, link(name), element('span', { class: 'kind' }, isOneOf ? `${kind}, exactly one of` : kind)),
    prose(definition.description),
    standard && element('p', {}, 'As in ', element('a', { href: standard, rel: 'noreferrer' }, standard), '.'),
    implemented.length > 0 && element('p', {}, 'Implements ', list(implemented), '.'),
    parts.length > 0 && element('dl', {}, parts),
    membersOf(definition).map((it) => member(name, it)),
    users?.size > 0 &&
      element('details', { class: 'users' }, element('summary', {}, `Where ${name} is used`), element('p', {}, list([...users].sort()))),
  );
}

const list = (ids) => ids.flatMap((id, index) => (index > 0 ? [', ', link(id)] : [link(id)]));

/** By type: the fields that lead to it or take it as an argument. */
function usesOf(definitions) {
  const uses = new Map();
  const add = (type, id) => {
    const name = nameOf(type);
    if (known.has(name)) uses.set(name, (uses.get(name) ?? new Set()).add(id));
  };
  for (const definition of definitions) {
    for (const field of definition.fields ?? []) {
      const id = `${definition.name.value}.${field.name.value}`;
      add(field.type, id);
      (field.arguments ?? []).forEach(({ type }) => add(type, id));
    }
  }
  return uses;
}

/** What the search looks through: an entry for each type, field, argument and value. */
function entriesOf(definitions) {
  return definitions.flatMap((definition) => {
    const type = { id: definition.name.value, text: definition.description?.value ?? '' };
    const members = membersOf(definition).map((it) => ({
      id: `${type.id}.${it.name.value}`,
      text: [it.description?.value, ...(it.arguments ?? []).flatMap((arg) => [arg.name.value, arg.description?.value])].join(' '),
    }));
    return [type, ...members];
  });
}

/** How well an entry meets all words, the best first: a name, its beginning, a part of it, what it means; null if not. */
function rank({ id, text }, words) {
  const name = id.split('.').at(-1).toLowerCase();
  const ranks = words.map((word) => {
    if (name === word || id.toLowerCase() === word) return 0;
    if (name.startsWith(word)) return 1;
    if (id.toLowerCase().includes(word)) return 2;
    return text.toLowerCase().includes(word) ? 3 : null;
  });
  return ranks.includes(null) ? null : Math.max(...ranks) + (id.includes('.') ? 0.5 : 0);
}

function search(entries, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  byId('contents').hidden = words.length > 0;
  const found = words.length === 0 ? [] : entries
    .map((entry) => ({ ...entry, rank: rank(entry, words) }))
    .filter((entry) => entry.rank !== null)
    .sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
  const shown = found.slice(0, RESULTS_MAX);
  byId('results').replaceChildren(...shown.map(({ id, text }) => element('li', {}, link(id), element('small', {}, text.split('\n')[0].replaceAll('`', '')))));
  const rest = found.length > shown.length ? `, the first ${shown.length} shown` : '';
  byId('found').textContent = words.length === 0 ? '' : `${found.length} found${rest}`;
}

function contents(groups) {
  return groups.map(([title, definitions]) =>
    element(
      'details',
      { open: title === 'Roots' || title === 'Objects' ? '' : null },
      element('summary', {}, `${title} (${definitions.length})`),
      element('ul', {}, definitions.map((it) => element('li', {}, link(it.name.value)))),
    ),
  );
}

/** Definitions by what they are, the roots first. */
function groupsOf(definitions) {
  const isRoot = (it) => ROOTS.includes(it.name.value);
  const groups = Object.entries(KINDS).map(([kind, title]) => [title, definitions.filter((it) => it.kind === kind && !isRoot(it))]);
  return [['Roots', definitions.filter(isRoot)], ...groups].filter(([, members]) => members.length > 0);
}

/** The address names a place that was not there when the page was opened. */
function goToAddress() {
  const place = byId(decodeURIComponent(location.hash.slice(1)));
  document.querySelector('.here')?.classList.remove('here');
  if (!place) return;
  place.classList.add('here');
  place.scrollIntoView();
}

const known = new Set();

async function show() {
  const response = await fetch('/schema.graphql');
  if (!response.ok) throw new Error(`/schema.graphql answered ${response.status}`);
  const definitions = parse(await response.text(), { noLocation: true }).definitions.filter(({ kind }) => kind in KINDS);
  definitions.forEach(({ name }) => known.add(name.value));
  const uses = usesOf(definitions);
  const groups = groupsOf(definitions);
  byId('types').replaceChildren(
    ...groups.map(([title, members]) =>
      element('section', {}, element('h2', {}, title), members.map((it) => section(it, uses.get(it.name.value)))),
    ),
  );
  byId('contents').replaceChildren(...contents(groups));
  const entries = entriesOf(definitions);
  byId('search').addEventListener('input', ({ target }) => search(entries, target.value));
  search(entries, byId('search').value);
  addEventListener('hashchange', goToAddress);
  goToAddress();
}

show().catch((error) => {
  byId('types').replaceChildren(element('p', { role: 'alert' }, `The schema could not be read: ${error.message}.`));
});
