import { type Command, type CommandInput, didYouMean, type ExitCode, UsageError } from '../command.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'Show a rule: why it matters, which lock, what to do instead.',
  usage: ['schemaward explain <rule>', 'schemaward explain            lists all rules'],
  options: {},
  takes: 1,
  run,
};

async function run({ terminal, positionals, service }: CommandInput): Promise<ExitCode> {
  const engine = await service();
  const [rule] = positionals;
  if (rule === undefined) {
    const rules = engine.rules();
    const width = Math.max(...rules.map(({ id }) => id.length));
    terminal.out(
      `${rules.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}`).join('\n')}\n`,
    );
    return 0;
  }
  const page = engine.explain(rule);
  if (page === undefined) {
    const ids = engine.rules().map(({ id }) => id);
    throw new UsageError(`There is no rule ${rule}.${didYouMean(rule, ids)}`);
  }
  terminal.out(`${page.markdown.trimEnd()}\n`);
  return 0;
}
