// The line below an answer: what it cost, how long it took, how large it is.
import { useSyncExternalStore } from 'react';
import { latestFigures } from './transport.js';

export function Figures() {
  const figures = useSyncExternalStore(latestFigures.subscribe, latestFigures.get);
  return (
    <p className="figures" role="status">
      {figures ? parts(figures).join(' · ') : 'Not asked yet'}
    </p>
  );
}

function parts({ cost, status, bytes, ms, events }) {
  if (events !== undefined) return [events === 1 ? '1 event so far' : `${events} events so far`];
  return [...costs(cost), `status ${status}`, `${ms.toFixed(ms < 10 ? 1 : 0)} ms`, size(bytes)];
}

/** A server may tell one figure, or several by name. */
function costs(cost) {
  if (cost == null) return [];
  if (typeof cost !== 'object') return [`cost ${cost}`];
  return Object.entries(cost)
    .filter(([, value]) => typeof value !== 'object')
    .map(([name, value]) => `${words(name)} ${value}`);
}

const words = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KiB`;
}
