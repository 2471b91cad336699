import { LRUCache } from 'lru-cache';

/** What was asked for, and whether nothing had to be read for it. */
export interface Found<T> {
  readonly value: T;
  readonly isHit: boolean;
}

/**
 * Results in memory, the least recently used going first. Identical misses at one time are read once; what fails is
 * not kept. Results are shared: nobody may change one.
 */
export class ResultCache {
  private readonly kept: LRUCache<string, object> | undefined;
  private readonly underWay = new Map<string, Promise<object>>();

  /** @param maxBytes about how much memory the results may take; 0 keeps and shares nothing */
  constructor(maxBytes: number) {
    if (maxBytes > 0) this.kept = new LRUCache({ maxSize: maxBytes, sizeCalculation: sizeOfEntry });
  }

  /** The result of a key, which must tell everything that the result depends on. */
  async get<T extends object>(key: string, load: () => Promise<T>): Promise<Found<T>> {
    if (!this.kept) return { value: await load(), isHit: false };
    const known = this.kept.get(key) ?? this.underWay.get(key);
    if (known === undefined) return { value: await this.load(key, load), isHit: false };
    try {
      return { value: (await known) as T, isHit: true };
    } catch {
      // Another's statement failed, perhaps because its time was up: whoever waited for it has a try of their own.
      const again = (this.underWay.get(key) as Promise<T> | undefined) ?? this.load(key, load);
      return { value: await again, isHit: false };
    }
  }

  private load<T extends object>(key: string, load: () => Promise<T>): Promise<T> {
    const loading = load()
      .then((value) => {
        this.kept!.set(key, value);
        return value;
      })
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, loading);
    return loading;
  }
}

/** What an entry of the cache itself takes. */
const ENTRY_BYTES = 200;

function sizeOfEntry(value: object, key: string): number {
  return ENTRY_BYTES + sizeOf(key) + sizeOf(value);
}

/** About how many bytes a value of a database takes in memory, rather too many than too few. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 16 + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 16;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce((sum: number, part) => sum + 8 + sizeOf(part), 56);
}
