/** A number, a text or nothing, in an answer brought to the form in which all contenders are compared. */
export type Cell = string | number | null;

/** What the questions ask about, picked from the data of a run. */
export interface Facts {
  /** The last month, `YYYY-MM-01`, and the first day after it. */
  readonly month: string;
  readonly end: string;
  /** First day of the last three months. */
  readonly from: string;
  /** A firm of middling size. */
  readonly firm: string;
  /** Three firms, and the median number of queries that they have for one event type in one month. */
  readonly firms: readonly string[];
  readonly least: number;
  /** Every month and firm, for random requests. */
  readonly months: readonly string[];
  readonly allFirms: readonly string[];
}

/** A POST of JSON. */
export interface Post {
  readonly path: string;
  readonly body: string;
}

/** How a contender is asked a question, and how its answer reads; `rows` throws where the answer is an error. */
export interface Asked {
  readonly post: Post;
  readonly rows: (answer: never) => readonly (readonly Cell[])[];
}

/** By question; a text says why a contender cannot answer it. */
export type Requests = Readonly<Record<string, Asked | string>>;

/** One load on one contender. */
export interface Load {
  readonly connections: number;
  readonly seconds: number;
  readonly most: number;
}

export interface Measured {
  /** Of a request, in milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Requests answered in a second. */
  readonly throughput: number;
  readonly count: number;
}

/** A contender that runs. */
export interface Open {
  /** How it is asked; a contender without does not answer over HTTP, or says what another said. */
  readonly requests?: Requests;
  readonly url?: string;
  /** The random requests of Q8, for those who can be asked them. */
  readonly random?: readonly Asked[];
  /** Measures a question; undefined where it cannot be asked. */
  measure(question: string, load: Load): Promise<Measured | undefined>;
  /** Peak resident memory so far in MB (10^6 bytes); undefined where the system does not tell. */
  peakMb(): number | undefined;
  close(): Promise<void>;
}

export interface Context {
  /** Connection string of the data. */
  readonly database: string;
  readonly facts: Facts;
  /** Answers of ours by question, as they were sent; known once ours was checked. */
  readonly answers: Map<string, string>;
  readonly folder: string;
  readonly random: number;
}

export interface Contender {
  readonly id: string;
  readonly name: string;
  /** Starts it; throws with the reason where it cannot run here. */
  open(context: Context): Promise<Open>;
}
