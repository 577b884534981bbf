import { writeFile } from 'node:fs/promises';
import type { EvaluatedQuestions, Evaluation } from '@photoorg/sdk';
import type { Command } from 'commander';
import { renderEvaluation } from '../evaluation/render-evaluation.ts';
import { Flag } from '../flags/flag.ts';
import { parseCount, parseCountOrNone } from '../flags/parse-value.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface EvaluateOptions {
  faces?: number;
  questionFaces?: number;
  html?: string;
}

/** One line of the table. */
interface Figure {
  figure: string;
  value: string;
}

const columns: Column<Figure>[] = [
  { title: 'FIGURE', value: ({ figure }) => figure },
  { title: 'VALUE', value: ({ value }) => value, align: 'right' },
];

/** What --json prints: the evaluation as the SDK gives it. */
const jsonColumns: Column<Evaluation>[] = [{ title: 'FACES', value: (evaluation) => evaluation.facesTried }];

export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .description(
      'How well the library would know its own confirmed faces, each tried as if nobody had named it. Changes nothing.',
    )
    .addOption(
      new Flag('--faces <count>', 'try so many faces at most', {
        environment: 'PHOTOORG_EVALUATE_FACES',
        parse: parseCount,
        default: 5_000,
      }),
    )
    .addOption(
      new Flag('--question-faces <count>', 'count the questions to name so many faces from nobody named; 0 leaves it out', {
        environment: 'PHOTOORG_EVALUATE_QUESTION_FACES',
        parse: parseCountOrNone,
        default: 1_000,
      }),
    )
    .addOption(
      new Flag('--html <file>', 'write a report with plots into this file, too', { environment: 'PHOTOORG_EVALUATE_HTML' }),
    )
    .action(
      runCommand<EvaluateOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const evaluation = await library.review.evaluate({
          limit: options.faces,
          questionFaces: options.questionFaces,
          signal: context.signal,
          onProgress: ({ done, total }) =>
            context.reporter.progress({ text: `${formatNumber(done)} / ${formatNumber(total)} faces tried`, done, total }),
        });
        context.reporter.endProgress();
        if (options.html !== undefined) await writeFile(options.html, renderEvaluation(evaluation));
        if (context.printsJson) return context.print(jsonColumns, evaluation);
        const rows = context.rows(columns);
        for (const figure of figuresOf(evaluation)) await rows.write(figure);
        await rows.end();
      }),
    );
}

const percent = (share: number | null) => (share === null ? '-' : `${(100 * share).toFixed(1)} %`);
const decimal = (value: number | null) => (value === null ? '-' : value.toFixed(3));

/** The figures as lines: over all, then what thresholds do, then where it is hard. */
function figuresOf(evaluation: Evaluation): Figure[] {
  const { identification, coverage, thresholds, crowding, ages, people, questions } = evaluation;
  const mistaken = people.filter((person) => person.mistaken > 0);
  return [
    { figure: 'faces tried', value: formatNumber(evaluation.facesTried) },
    { figure: 'of people known by other photos', value: formatNumber(evaluation.knownFaces) },
    { figure: 'people', value: formatNumber(evaluation.peopleTried) },
    { figure: 'the right person first', value: percent(evaluation.firstRight) },
    ...identification.map(({ falsePositives, truePositives }) => ({
      figure: `known faces named, with ${percent(falsePositives)} of strangers named`,
      value: percent(truePositives),
    })),
    ...coverage.map(({ precision, covered }) => ({
      figure: `known faces named, with ${percent(precision)} of the named right`,
      value: percent(covered),
    })),
    { figure: 'calibration error', value: decimal(evaluation.calibrationError) },
    { figure: 'Brier score', value: decimal(evaluation.brier) },
    ...thresholds.map(({ confidence, right, covered, strangersNamed }) => ({
      figure: `from confidence ${confidence}: right, known faces named, strangers named`,
      value: [right, covered, strangersNamed].map(percent).join('  '),
    })),
    ...[...crowding, ...ages].map(({ name, faces, right, covered, strangersNamed }) => ({
      figure: `${name} (${formatNumber(faces)} faces): right, known faces named, strangers named`,
      value: [right, covered, strangersNamed].map(percent).join('  '),
    })),
    ...(questions ? questionFigures(questions) : []),
    ...mistaken.slice(0, 10).map(({ displayName, mistaken, knownFaces, mistakenFor }) => ({
      figure: `${displayName} named as somebody else, most often ${mistakenFor}`,
      value: `${mistaken} of ${knownFaces}`,
    })),
  ];
}

function questionFigures({ faces, people, toNinetyFive, curve }: EvaluatedQuestions): Figure[] {
  const reached = curve.at(-1);
  const figure = `questions to name 95.0 % of ${formatNumber(faces)} faces of ${formatNumber(people)} people from nobody named`;
  if (toNinetyFive !== null) return [{ figure, value: formatNumber(toNinetyFive) }];
  const value = reached ? `-  (${formatNumber(reached.questions)} to ${percent(reached.named)})` : '-';
  return [{ figure, value }];
}
