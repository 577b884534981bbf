/** A plugin of typedoc: names each entry as programs import it, and puts what it exports under the task that it serves. */
import {
  type Application,
  Comment,
  CommentTag,
  type Context,
  Converter,
  DeclarationReflection,
  ReferenceReflection,
  type Reflection,
} from 'typedoc';
import { entries } from '../examples/entries.ts';
import { taskOf } from './tasks.ts';

export function load(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    for (const module of project.children ?? []) {
      const entry = entries.find(({ file }) => module.sources?.some(({ fileName }) => fileName.endsWith(file)));
      if (entry) module.name = entry.specifier;
      for (const exported of module.children ?? []) categorise(exported, app);
    }
  });
}

function categorise(exported: DeclarationReflection, app: Application): void {
  const target = exported instanceof ReferenceReflection ? exported.tryGetTargetReflectionDeep() : exported;
  const source = target instanceof DeclarationReflection ? (target.sources ?? target.signatures?.[0]?.sources)?.[0] : undefined;
  const [, packageName, file] = /packages\/(\w+)\/src\/(.*)$/.exec(source?.fileName ?? '') ?? [];
  const task = packageName && file && taskOf(packageName, file, exported.name);
  if (!task) app.logger.warn(`scripts/typedoc/tasks.ts has no task for ${exported.name} of ${source?.fileName}`);
  const tagged: Reflection[] = exported.signatures ?? [exported];
  for (const reflection of task ? tagged : []) {
    reflection.comment ??= new Comment();
    reflection.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: task! }]));
  }
}
