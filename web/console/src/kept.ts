// What this browser keeps for its reader: settings and drafts. A browser that keeps nothing is no reason to fail.

const prefix = 'redress.';

export function kept<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** `undefined` forgets it. */
export function keep(name: string, value: unknown) {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Private windows and full disks: it is kept until the page is closed.
  }
}
