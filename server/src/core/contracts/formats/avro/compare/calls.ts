import type { ContractFinding } from '../../../finding.ts';
import type { ContractPlace } from '../../../tree.ts';
import { type Call, type CallPair, callName, type PairedCalls } from '../messages.ts';
import type { Direction } from '../profiles.ts';
import { messageDeleted } from '../rules/message-deleted.ts';
import { oneWayChanged } from '../rules/one-way-changed.ts';
import type { After, Before } from './subject.ts';

/** What keeps a call from being made at all. In a text that breaks off nothing is missing yet. */
export function compareCalls(
  before: Before,
  after: After,
  { pairs, deleted }: PairedCalls,
  asked: Direction,
): readonly ContractFinding[] {
  if (after.subject.file.incomplete) return [];
  // Clients of now do not call what is gone.
  const gone = asked === 'BACKWARD' ? deleted.map((call) => deletedFinding(call, before, after)) : [];
  const changed = pairs.filter((pair) => pair.before.message.oneWay !== pair.after.message.oneWay);
  return [...gone, ...changed.map((pair) => oneWayFinding(pair, before, after))];
}

function deletedFinding(call: Call, before: Before, { subject: { file, path } }: After): ContractFinding {
  const span = file.protocol?.nameSpan ?? { start: 0, end: 0 };
  return {
    ...shared(call, before),
    rule: messageDeleted.id,
    messageId: 'deleted',
    place: { side: 'after', path, span },
    compat: 'destructive',
    fixes: [{ id: 'avro-restore-message', args: { call: call.message.name } }],
  };
}

function oneWayFinding({ before: was, after: now }: CallPair, before: Before, after: After): ContractFinding {
  const { message } = now;
  return {
    ...shared(was, before),
    rule: oneWayChanged.id,
    messageId: message.oneWay ? 'one-way' : 'answered',
    place: {
      side: 'after',
      path: after.set.pathOf(message.response.file) ?? after.subject.path,
      span: message.nameSpan,
    },
    object: callName(now),
    compat: 'breaking',
    fixes: [{ id: 'avro-restore-one-way', args: { call: message.name } }],
  };
}

function shared(call: Call, { subject: { path }, against }: Before) {
  const place: ContractPlace = { side: 'before', path, span: call.message.nameSpan };
  return {
    args: { call: call.message.name, object: callName(call), against },
    object: callName(call),
    related: [{ place, messageId: 'before', args: { against } }],
    against,
  };
}
