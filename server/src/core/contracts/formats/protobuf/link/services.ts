import type { MethodDescriptor, ServiceDescriptor } from '../descriptor.ts';
import { trimmed } from '../syntax/cursor.ts';
import type { MethodNode, ServiceNode } from '../syntax/tree.ts';
import { checkOptions } from './checks/options.ts';
import { checkService } from './checks/services.ts';
import { inherit } from './features.ts';
import type { Growing } from './messages.ts';
import { optionNodes, optionsOf } from './options.ts';
import { qualified } from './outline.ts';
import { resolveType } from './types.ts';
import type { Unit } from './unit.ts';

export function buildService(unit: Unit, to: ServiceDescriptor[], node: ServiceNode): void {
  if (node.name === undefined) return;
  const { file } = unit;
  const optionList = optionNodes(node.body);
  const methods: MethodDescriptor[] = [];
  const service: Growing<ServiceDescriptor> = {
    name: node.name.text,
    fullName: qualified(file.package, node.name.text),
    file,
    span: node,
    nameSpan: node.name,
    options: optionsOf(optionList, unit.text),
    features: inherit(file.features, optionList),
    comments: node.comments,
    incomplete: node.broken || node.gaps || node.body.some(({ broken }) => broken),
    methods: [],
  };
  for (const method of node.body) if (method.kind === 'method') buildMethod(unit, methods, service, method);
  service.methods = trimmed(methods);
  checkService(unit, service, node);
  checkOptions(unit, optionList, 'ServiceOptions', service.fullName);
  for (const method of node.body)
    if (method.kind === 'method') checkOptions(unit, method.options, 'MethodOptions', service.fullName);
  to.push(service);
  unit.services.push(service);
}

function buildMethod(unit: Unit, to: MethodDescriptor[], parent: ServiceDescriptor, node: MethodNode): void {
  const { name, input, output } = node;
  if (name === undefined || input === undefined || output === undefined) return;
  to.push({
    name: name.text,
    fullName: qualified(parent.fullName, name.text),
    file: unit.file,
    span: node,
    nameSpan: name,
    options: optionsOf(node.options, unit.text),
    features: inherit(parent.features, node.options),
    comments: node.comments,
    parent,
    input: resolveType(unit, input, parent.fullName, 'message').name,
    inputSpan: input,
    output: resolveType(unit, output, parent.fullName, 'message').name,
    outputSpan: output,
    clientStreaming: input.stream,
    serverStreaming: output.stream,
  });
}
