import type { CodeBlock } from './code-blocks.ts';

/** A command as a document writes it, without what feeds it and where its output goes. */
export interface WrittenCommand {
  file: string;
  line: number;
  words: string[];
}

/** The commands of a block of shell; one that goes over several lines has the number of its last. */
export function commandsOfBlock({ file, line, code }: Pick<CodeBlock, 'file' | 'line' | 'code'>): WrittenCommand[] {
  const commands: WrittenCommand[] = [];
  let joined = '';
  for (const [i, text] of code.split('\n').entries()) {
    joined += text;
    if (joined.endsWith('\\')) joined = joined.slice(0, -1);
    else {
      commands.push(...splitCommands(joined).map((words) => ({ file, line: line + i, words })));
      joined = '';
    }
  }
  return commands;
}

/** Commands and flags that a document names within its text. */
export function commandsOfProse(file: string, text: string): WrittenCommand[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, (block) => block.replaceAll(/[^\n]/g, ''));
  return [...prose.matchAll(/`((?:photoorg|npm (?:run|test|start)|npx|--[a-z])[^`]*)`/g)].flatMap(({ 1: code, index }) =>
    splitCommands(code!).map((words) => ({ file, line: prose.slice(0, index).split('\n').length, words })),
  );
}

/** The commands of a line of shell, without comments, variables set for one of them, and quotes. */
function splitCommands(line: string): string[][] {
  return line
    .replace(/(^|\s)#.*$/, '')
    .replaceAll(/'[^']*'|"[^"]*"/g, (quoted) => quoted.slice(1, -1).replaceAll(/[\s|&;<>]/g, '_'))
    .split(/&&|\|\|?|;/)
    .map((command) => command.trim().split(/\s+/).filter(Boolean))
    .map((words) => words.slice(words.findIndex((word) => !/^([A-Z_]+=.*|\$|npx)$/.test(word))))
    .filter(([first]) => first !== undefined);
}
