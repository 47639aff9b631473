// What the browser keeps for these pages. One that keeps nothing (in private modes, or told so) throws when it is asked:
// then a value lasts until the page is left.

type Where = 'localStorage' | 'sessionStorage';

export function kept(where: Where, name: string): string | null {
  try {
    return window[where].getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a value; an empty one is kept no longer. */
export function keep(where: Where, name: string, value: string): void {
  try {
    if (value) window[where].setItem(name, value);
    else window[where].removeItem(name);
  } catch {
    // Whoever keeps it has it in memory.
  }
}
