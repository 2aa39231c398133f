import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { histories } from './noise/histories.ts';
import { type Measured, measure, untrue } from './noise/measure.ts';
import { measurePeers } from './noise/measure-peers.ts';
import { pageOf, type Unavailable } from './noise/page/index.ts';

/**
 * `npm run noise`: how much the rules and the peers say of real histories; writes docs/noise.md. Names after `--` measure only those,
 * `--findings` prints every finding, and both leave the page as it is.
 */
const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const measured: Measured[] = [];
const unavailable: Unavailable[] = [];
for (const history of histories) {
  if (named.length > 0 && !named.includes(history.name)) continue;
  try {
    const one = await measure(history);
    measured.push(one);
    console.error(`${history.name}: ${one.findings.length} findings on ${one.files.length} migrations`);
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    unavailable.push({ name: history.name, reason });
    console.error(`${history.name}: ${reason}`);
  }
}
if (args.includes('--findings'))
  for (const { history, findings, root, rolling } of measured)
    for (const { rule, severity, path, span, message } of findings) {
      const place = `${path.slice(root.length + 1)}:${span.start}`;
      console.log([history.name, rolling.has(path) ? 'rolling' : '', rule, severity, place, message].join('\t'));
    }
else if (named.length === 0) {
  const { figures, missing } = await measurePeers(measured);
  for (const { name, reason } of missing) console.error(`${name}: ${reason}`);
  const page = pageOf(measured, figures, [...unavailable, ...missing]);
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'noise.md'), page);
}
const wrong = measured.flatMap(({ findings }) => untrue(findings));
for (const each of wrong) console.error(`Wrong, it did not fail: ${each}`);
if (unavailable.length + wrong.length > 0) process.exitCode = 1;
