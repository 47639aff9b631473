// The API key that the pages ask with, where the server wants one. It is kept for the tab and goes with it. It is no
// cookie: requests that a link or another site makes do not carry it.
import { useSyncExternalStore } from 'react';
import { keep, kept } from './kept';

const NAME = 'jobgraph-key';

/** The code of answers to those who show no key, or one that is not taken. */
export const UNAUTHENTICATED = 'UNAUTHENTICATED';

interface Access {
  /** Empty if there is none. */
  key: string;
  /** What the server wants before it answers. */
  wanted: 'nothing' | 'key' | 'another';
}

let access: Access = { key: kept('sessionStorage', NAME) ?? '', wanted: 'nothing' };
const watchers = new Set<() => void>();

function become(next: Access): void {
  access = next;
  keep('sessionStorage', NAME, next.key);
  watchers.forEach((tell) => tell());
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

export const useAccess = (): Access => useSyncExternalStore(watch, () => access);

export const heldKey = (): string => access.key;

export const enter = (key: string): void => become({ key, wanted: 'nothing' });

export const forget = (): void => become({ key: '', wanted: 'key' });

/** Notes that the server answered `UNAUTHENTICATED` to a request with this key, or with none if it is empty. */
export function turnedAway(key: string): void {
  // Of the questions of a page the first one tells, and what was asked with an earlier key tells nothing of this one.
  if (access.wanted !== 'nothing' || key !== access.key) return;
  become({ key: '', wanted: key ? 'another' : 'key' });
}

/** The headers that show a key. What was typed may be anything: escaped it can be sent, and the server refuses it. */
export function authorization(key: string): Record<string, string> {
  return key ? { authorization: `Bearer ${encodeURIComponent(key)}` } : {};
}
