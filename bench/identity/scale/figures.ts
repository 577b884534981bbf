/** What one call took, or what was counted; `millis` and `p95` in milliseconds. */
export interface Figure {
  readonly part: string;
  readonly name: string;
  readonly millis?: number;
  readonly p95?: number;
  /** Share of the ten nearest that were found. */
  readonly recall?: number;
  /** A number that is no time, such as megabytes. */
  readonly value?: number;
  readonly unit?: string;
  /** What it should keep to, as a sentence; and whether it does. */
  readonly bar?: string;
  readonly holds?: boolean;
  /** Why there is no figure, or what else is to be known. */
  readonly note?: string;
}

/** What a figure should keep to, by its median unless it says otherwise: checked at the size that it was promised for alone. */
export type Bar = readonly [sign: '<=' | '>=', limit: number, of?: 'p95'];

/** A part that has taken longer than it may. */
class OutOfTime extends Error {}

/** Figures as they come, told on stdout at once. */
export class Figures {
  readonly all: Figure[] = [];
  /** Of the part that runs. */
  part = '';
  readonly #prefix: string;
  readonly #checksBars: boolean;
  readonly #mostMillis: number;

  constructor({ prefix, checksBars, mostMillis }: { prefix: string; checksBars: boolean; mostMillis: number }) {
    this.#prefix = prefix;
    this.#checksBars = checksBars;
    this.#mostMillis = mostMillis;
  }

  /** The time of work that what follows rests on, however long it takes. */
  async needed(name: string, work: () => Promise<unknown>): Promise<void> {
    const start = performance.now();
    await work();
    this.add({ name, millis: performance.now() - start });
  }

  /** The time of one call; the call's answer, or null when it took longer than a call may and was given up. */
  async timed<T>(
    name: string,
    call: (signal: AbortSignal, progress: (done: number) => void) => Promise<T>,
    bar?: Bar,
  ): Promise<T | null> {
    const start = performance.now();
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(new OutOfTime()), this.#mostMillis);
    let reached = 0;
    try {
      const answer = await call(giveUp.signal, (done) => (reached = done));
      this.add({ name, millis: performance.now() - start }, bar);
      return answer;
    } catch (error) {
      if (!(error instanceof OutOfTime) && !((error as Error).cause instanceof OutOfTime)) throw error;
      this.add({
        name,
        note: `given up after ${((performance.now() - start) / 1000).toFixed(0)} s at ${(100 * reached).toFixed(1)} %`,
      });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Times of calls that take turns, so that a busy machine slows all of them alike; the medians, by name. Fewer rounds where time runs out. */
  async inTurns(
    calls: Readonly<Record<string, (round: number) => unknown>>,
    { rounds, bars = {} }: { rounds: number; bars?: Readonly<Record<string, Bar>> },
  ): Promise<Record<string, number>> {
    const times = new Map(Object.keys(calls).map((name) => [name, [] as number[]]));
    const started = performance.now();
    for (let round = 0; round < rounds && performance.now() - started < this.#mostMillis; round++) {
      for (const [name, call] of Object.entries(calls)) {
        const start = performance.now();
        await call(round);
        times.get(name)!.push(performance.now() - start);
      }
    }
    for (const [name, values] of times) {
      values.sort((a, b) => a - b);
      this.add({ name, millis: quantile(values, 0.5), p95: quantile(values, 0.95) }, bars[name]);
    }
    return Object.fromEntries([...times].map(([name, values]) => [name, quantile(values, 0.5)]));
  }

  add(figure: Omit<Figure, 'part' | 'bar' | 'holds'>, bar?: Bar): void {
    const added = { part: this.part, ...figure, ...(this.#checksBars && bar ? judge(figure, bar) : {}) };
    this.all.push(added);
    console.log(`${this.#prefix} ${tell(added)}`);
  }
}

function judge({ millis, p95, recall, value }: Partial<Figure>, [sign, limit, of]: Bar): Pick<Figure, 'bar' | 'holds'> {
  const measured = of === 'p95' ? p95! : (recall ?? millis ?? value)!;
  return { bar: `${of ? `${of} ` : ''}${sign} ${limit}`, holds: sign === '<=' ? measured <= limit : measured >= limit };
}

function tell({ part, name, millis, p95, recall, value, unit, bar, holds, note }: Figure): string {
  const said = [
    millis === undefined ? '' : `${millis.toFixed(millis < 100 ? 2 : 0)} ms`,
    p95 === undefined ? '' : `p95 ${p95.toFixed(p95 < 100 ? 2 : 0)} ms`,
    recall === undefined ? '' : `recall@10 ${recall.toFixed(4)}`,
    value === undefined ? '' : `${Number(value.toFixed(2))}${unit ? ` ${unit}` : ''}`,
    bar === undefined ? '' : `${holds ? 'holds' : 'MISSES'} ${bar}`,
    note ?? '',
  ];
  return `${part}: ${name}: ${said.filter((text) => text !== '').join(', ')}`;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
