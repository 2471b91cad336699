import { LRUCache } from 'lru-cache';
import type { Catalog } from '../catalog.ts';
import type { Reader } from './reader.ts';
import type { Setting } from './setting.ts';

/** How much memory what is kept for a catalogue takes, in about bytes. */
const MAX_BYTES = 16 * 2 ** 20;

/** What takes more is compiled anew each time, rather than push out many others. */
const MAX_ENTRY_BYTES = 2 ** 20;

const SIZES = { maxSize: MAX_BYTES, maxEntrySize: MAX_ENTRY_BYTES };

/** A plan is about as much again as its SQL, in objects and strings of two bytes. */
const BYTES_PER_CHARACTER = 6;

/**
 * What requests were compiled to: it depends on nothing but the request and the version, and clients ask the same again
 * and again. What fails is not kept.
 */
export class Kept<T extends object> {
  private readonly ofCatalog = new WeakMap<Catalog, LRUCache<string, T>>();
  private readonly sizeCalculation: (made: T, key: string) => number;
  private readonly keys = new WeakMap<object, { readonly dataKey: string; readonly key: string }>();

  /** @param characters how long the SQL is that a request was compiled to, with what is as large beside it */
  constructor(characters: (made: T) => number) {
    this.sizeCalculation = (made, key) => BYTES_PER_CHARACTER * (key.length + characters(made));
  }

  /**
   * What `compile` makes of a request, or once made of an equal one.
   * @param request everything besides version and viewer that it depends on; one that is given again is found sooner
   */
  async get(
    { catalog, reader }: Pick<Setting, 'catalog' | 'reader'>,
    request: object,
    compile: () => Promise<T>,
  ): Promise<T> {
    const { sizeCalculation } = this;
    const kept = this.ofCatalog.get(catalog) ?? new LRUCache({ ...SIZES, sizeCalculation });
    this.ofCatalog.set(catalog, kept);
    const key = this.keyOf(reader, request);
    const known = key === undefined ? undefined : kept.get(key);
    if (known) return known;
    const made = await compile();
    if (key !== undefined) kept.set(key, made);
    return made;
  }

  /** Undefined for what is nested too deep to be written, which compiling refuses. */
  private keyOf({ dataKey }: Pick<Reader, 'dataKey'>, request: object): string | undefined {
    const known = this.keys.get(request);
    if (known?.dataKey === dataKey) return known.key;
    try {
      const key = dataKey + JSON.stringify(request, infinityAsText);
      this.keys.set(request, { dataKey, key });
      return key;
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
}

/** A number that is too large for JSON is not the same as none. */
function infinityAsText(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
