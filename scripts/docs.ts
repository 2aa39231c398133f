import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configSchema } from '#core/config/schema.ts';
import { statisticsSchema } from '#core/config/statistics.ts';
import { rulePages } from '#core/rules/page.ts';
import { peersPage } from './docs/peers-page.ts';
import { layers } from './layers.ts';

/** Writes what is generated: rule pages, their index, the configuration schema, the table of layers. `--check` only compares. */
const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
let stale = 0;

const pages = rulePages();
for (const { id, markdown } of pages) put(`docs/rules/${id}.md`, markdown);
put('docs/rules/README.md', index());
put('docs/rules/peers.md', peersPage());
put('schemaward.schema.json', `${JSON.stringify(configSchema(), null, 2)}\n`);
put('docs/json/stats.schema.json', `${JSON.stringify(statisticsSchema(), null, 2)}\n`);
put('ARCHITECTURE.md', withLayers(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')));
if (stale > 0) {
  console.error(`${stale} generated files are out of date: run npm run docs.`);
  process.exit(1);
}

function put(name: string, text: string): void {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (check) {
    console.error(`${name} is out of date`);
    stale += 1;
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function index(): string {
  const rows = [...pages]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`);
  return `# Rules\n\nGenerated from the rules themselves by \`npm run docs\`. What other linters call them: [peers](peers.md).\n\n| rule | severity | what it finds |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** Between the two markers of ARCHITECTURE.md. */
function withLayers(text: string): string {
  const rows = layers.map(
    ({ folder, mayImport }) =>
      `| \`${folder}\` | ${mayImport.length === 0 ? 'nothing of ours' : mayImport.map((each) => `\`${each}\``).join(', ')} |`,
  );
  const table = `<!-- layers -->\n\n| folder | may import |\n|---|---|\n${rows.join('\n')}\n\n<!-- /layers -->`;
  return text.replace(/<!-- layers -->[\s\S]*?<!-- \/layers -->/, table);
}
