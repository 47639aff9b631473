// Shows an employer's HTML. The graph has sanitized it; here it is built anew from the few elements that a description
// needs, so that nothing else can ever stand in the page. Headings begin below those of the page.
import { createElement, Fragment, type ReactNode } from 'react';

const PLAIN = new Set([
  ...['b', 'blockquote', 'br', 'code', 'dd', 'dl', 'dt', 'em', 'hr', 'i', 'li', 'ol', 'p', 'pre', 's', 'small', 'strong'],
  ...['sub', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'u', 'ul', 'div'],
]);
const VOID = new Set(['br', 'hr']);
/** They hold nothing but rows and cells; white space between those is refused by the browser. */
const ROWS = new Set(['table', 'tbody', 'thead', 'tr']);
const SCHEMES = ['http:', 'https:', 'mailto:'];

function address(element: Element): string | undefined {
  const href = element.getAttribute('href');
  if (!href || !URL.canParse(href)) return undefined;
  return SCHEMES.includes(new URL(href).protocol) ? href : undefined;
}

function built(node: Node, key: number): ReactNode {
  if (node instanceof Text) {
    const isBetweenRows = ROWS.has(node.parentElement?.localName ?? '') && node.data.trim() === '';
    return isBetweenRows ? null : node.data;
  }
  if (!(node instanceof Element)) return null;
  const children = [...node.childNodes].map(built);
  const href = node.localName === 'a' ? address(node) : undefined;
  if (href) {
    return (
      <a key={key} href={href} rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  }
  if (/^h[1-6]$/.test(node.localName)) {
    return <h3 key={key}>{children}</h3>;
  }
  if (!PLAIN.has(node.localName)) return <Fragment key={key}>{children}</Fragment>;
  return VOID.has(node.localName)
    ? createElement(node.localName, { key })
    : createElement(node.localName, { key }, children);
}

export function Html({ html }: { html: string }) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return <div className="prose">{[...parsed.body.childNodes].map(built)}</div>;
}
