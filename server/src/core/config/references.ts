import { allRules, ruleInfo } from '../rules/index.ts';
import type { ConfigProblem } from './config.ts';
import type { Located } from './document.ts';
import { at, items, pairs, text } from './located.ts';
import { nearest } from './nearest.ts';
import { problem } from './validate.ts';

/** What the form of single values cannot say: names that have to exist elsewhere, secrets, entries that do nothing. */
export function references(root: Located): readonly ConfigProblem[] {
  return [...secrets(root), ...sources(root), ...lintTarget(root), ...ignores(root)];
}

/** A password that stands in the file itself. Its text is never repeated. */
function secrets(root: Located): readonly ConfigProblem[] {
  return pairs(at(root, 'targets')).flatMap(([name, entry]) => {
    const url = at(entry, 'url');
    const value = text(url) ?? '';
    const inUrl = /:\/\/[^/@:]*:(?!\$\{env:)[^@/]+@/.test(value) || /[?&;]password=(?!\$\{env:)[^&;]+/i.test(value);
    if (!inUrl || url === undefined) return [];
    return [
      problem(
        'secret',
        url.span,
        `targets.${name}.url holds a password. Write \${env:NAME} in its place, or use env.`,
        'warning',
      ),
    ];
  });
}

/** A target says in exactly one way where its state is to be read. */
function sources(root: Located): readonly ConfigProblem[] {
  return pairs(at(root, 'targets')).flatMap(([name, entry]) => {
    if (entry.kind !== 'map') return [];
    const given = ['url', 'env', 'from'].filter((key) => text(at(entry, key)) !== undefined);
    if (given.length === 1) return [];
    const words = given.length === 0 ? 'needs one of url, env and from' : `has ${given.join(' and ')}: one is enough`;
    return [problem('wrong-value', entry.span, `targets.${name} ${words}.`, 'warning')];
  });
}

/** `lintTarget` names an entry of `targets`; without any, it may be the tool's own database. */
function lintTarget(root: Located): readonly ConfigProblem[] {
  const value = at(root, 'lintTarget');
  const name = text(value);
  const known = pairs(at(root, 'targets')).map(([key]) => key);
  if (value === undefined || name === undefined || known.length === 0 || known.includes(name)) return [];
  const meant = nearest(name, known);
  const hint = meant === undefined ? ` Known: ${known.join(', ')}.` : ` Did you mean ${meant}?`;
  return [problem('wrong-value', value.span, `targets has no ${name}.${hint}`, 'warning')];
}

function ignores(root: Located): readonly ConfigProblem[] {
  return items(at(root, 'ignore')).flatMap((entry) => {
    if (entry.kind !== 'map') return [];
    const rule = at(entry, 'rule');
    const id = text(rule);
    if (rule !== undefined && id !== undefined && !isRule(id)) {
      const meant = nearest(
        id,
        allRules.map((each) => each.id),
      );
      const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
      return [
        problem('wrong-value', rule.span, `There is no rule ${id}: this entry ignores nothing.${hint}`, 'warning'),
      ];
    }
    const narrow = ['rule', 'path', 'object', 'fingerprint'].some((key) => text(at(entry, key)) !== undefined);
    if (narrow) return [];
    return [
      problem(
        'wrong-value',
        entry.span,
        'This entry ignores nothing: say which rule, path, object or fingerprint.',
        'error',
      ),
    ];
  });
}

function isRule(id: string): boolean {
  return id.endsWith('/*') ? allRules.some((rule) => rule.id.startsWith(id.slice(0, -1))) : ruleInfo(id) !== undefined;
}

export function expired(root: Located, today: string): readonly ConfigProblem[] {
  return items(at(root, 'ignore')).flatMap((entry) => {
    const until = at(entry, 'until');
    const value = text(until);
    if (until === undefined || value === undefined || value > today) return [];
    return [
      problem(
        'unused-ignore',
        until.span,
        `This entry ended on ${value}: what it ignored is reported again.`,
        'warning',
      ),
    ];
  });
}
