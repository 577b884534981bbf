import type { MultiBar, SingleBar } from 'cli-progress';
import { visibleText } from './visible-text.ts';

/** How far something is: `text` for people, `done` of `total` for the bar (null while the end is not known). */
export interface ProgressState {
  text: string;
  done: number;
  total: number | null;
  /** All that is known, for programs. */
  facts?: object;
}

/** Between two progress lines when stderr is no terminal: enough to see life in a log, few enough to read it. */
const plainLineIntervalMillis = 5_000;
/** Between two of the lines that programs read. */
const jsonLineIntervalMillis = 1_000;
const barWidth = 16;

/** Everything a command says besides its data: notes, failures and progress, all on stderr, never mixed up on one line. */
export class Reporter {
  readonly #stream: NodeJS.WriteStream;
  readonly #quiet: () => boolean;
  readonly #json: () => boolean;
  #bars: MultiBar | null = null;
  #bar: SingleBar | null = null;
  #lastPlainLine: { text: string; at: number } | null = null;

  constructor(stream: NodeJS.WriteStream, is: { quiet: () => boolean; json: () => boolean }) {
    this.#stream = stream;
    this.#quiet = is.quiet;
    this.#json = is.json;
  }

  /** Something good to know; left out with --quiet. */
  note(text: string): void {
    if (!this.#quiet()) this.failure(text);
  }

  /** Something that went as asked and may not be what was meant; always printed. */
  warning(text: string): void {
    this.failure(text);
  }

  /** Something that went wrong; always printed. */
  failure(text: string): void {
    const lines = text.split('\n').map((line) => `${visibleText(line)}\n`);
    if (this.#bars && this.#bar) this.#bars.log(lines.join(''));
    else this.#stream.write(lines.join(''));
  }

  /** Loads the progress bar, when a terminal will show it. */
  async startProgress(): Promise<void> {
    if (!this.#stream.isTTY || this.#quiet() || this.#json()) return;
    const { default: cliProgress } = await import('cli-progress');
    this.#bars = new cliProgress.MultiBar({
      stream: this.#stream,
      format: (options, params, payload: { text: string }) =>
        params.total > 0 ? `${cliProgress.Format.BarFormat(params.progress, options)} ${payload.text}` : payload.text,
      barsize: barWidth,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      clearOnComplete: true,
      // The terminal's own settings stay as they are: a killed process could not put them back. Wrapping "on" trims long lines.
      hideCursor: false,
      linewrap: true,
      forceRedraw: true,
      gracefulExit: false,
    });
  }

  progress(state: ProgressState): void {
    if (this.#quiet()) return;
    if (this.#bars) {
      this.#bar ??= this.#bars.create(0, 0, { text: '' });
      this.#bar.setTotal(state.total ?? 0);
      this.#bar.update(state.done, { text: state.text });
      return;
    }
    const now = Date.now();
    const { done, total, facts = { done, total } } = state;
    const text = this.#json() ? JSON.stringify({ event: 'progress', ...facts }) : state.text;
    this.#lastPlainLine ??= { text: '', at: now };
    if (now - this.#lastPlainLine.at < (this.#json() ? jsonLineIntervalMillis : plainLineIntervalMillis)) return;
    if (text !== this.#lastPlainLine.text) this.#stream.write(`${text}\n`);
    this.#lastPlainLine = { text, at: now };
  }

  /** Takes the bar off the screen. */
  endProgress(): void {
    // stop() alone drops the lines logged since the last frame.
    if (this.#bar) this.#bars?.update();
    this.#bars?.stop();
    this.#bars = null;
    this.#bar = null;
    this.#lastPlainLine = null;
  }
}
