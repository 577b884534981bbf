import type { Suggestion, SuggestionTerm } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface SuggestOptions {
  limit: number;
}

type SuggestRow = Suggestion & { faceId: string };

const defaultSuggestions = 5;

const columns: Column<SuggestRow>[] = [
  { title: 'FACE', value: (row) => row.faceId },
  { title: 'RANK', value: (row) => row.rank, align: 'right' },
  { title: 'PERSON', value: (row) => row.person.displayName },
  { title: 'CONFIDENCE', value: (row) => row.confidence.toFixed(2), align: 'right' },
  { title: 'DISTANCE', value: (row) => row.distance.toFixed(3), align: 'right' },
  { title: 'ACTION', value: (row) => row.action },
  { title: 'REASON', value: (row) => row.reason },
  { title: 'TERMS', value: (row) => row.terms.toSorted(weightiestFirst).map(showTerm).join(', ') },
];

function weightiestFirst(a: SuggestionTerm, b: SuggestionTerm): number {
  return Math.abs(b.logOdds) - Math.abs(a.logOdds);
}

/** Such as `next person -4.2`. */
function showTerm({ name, logOdds }: SuggestionTerm): string {
  return `${name} ${logOdds < 0 ? '' : '+'}${logOdds.toFixed(1)}`;
}

export function addSuggestCommand(program: Command): void {
  program
    .command('suggest')
    .description('Who could these faces be? Best first, with the confidence and the reason.')
    .argument('<face...>', 'ids of faces')
    .addOption(
      new Flag('--limit <count>', 'people a face', {
        environment: 'PHOTOORG_LIMIT',
        parse: parseCount,
        default: defaultSuggestions,
      }),
    )
    .action(
      runCommand<SuggestOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(columns);
        await context.forEach(faceIds, String, async (faceId) => {
          const suggestions = await library.review.suggestions(faceId, { limit: options.limit, signal: context.signal });
          if (suggestions.length === 0) context.reporter.note(`${faceId}: nobody with a confirmed face comes near.`);
          for (const suggestion of suggestions) await rows.write({ faceId, ...suggestion });
        });
        await rows.end();
      }),
    );
}
