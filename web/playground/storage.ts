const PREFIX = 'metricgraph.';

/**
 * The part of `localStorage` whose keys begin with `metricgraph.`: another GraphiQL once served from the same
 * address neither shows its tabs here nor loses them. Where storage is blocked it throws, as `localStorage` does.
 */
export const storage = {
  get length(): number {
    return ownKeys().length;
  },
  getItem: (key: string): string | null => localStorage.getItem(PREFIX + key),
  setItem: (key: string, value: string): void => localStorage.setItem(PREFIX + key, value),
  removeItem: (key: string): void => localStorage.removeItem(PREFIX + key),
  clear: (): void => {
    for (const key of ownKeys()) localStorage.removeItem(key);
  },
};

function ownKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}
