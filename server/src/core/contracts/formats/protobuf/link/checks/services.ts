import type { ServiceDescriptor } from '../../descriptor.ts';
import type { ServiceNode } from '../../syntax/tree.ts';
import { report, type Unit } from '../unit.ts';
import { checkNames } from './names.ts';
import { checkStyle } from './style.ts';

export function checkService(unit: Unit, service: ServiceDescriptor, node: ServiceNode): void {
  checkStyle(unit, service, 'service', service.features);
  for (const method of service.methods) checkStyle(unit, method, 'method', method.features);
  const methods = service.methods.map(({ name, nameSpan }) => ({ name, span: nameSpan, global: false }));
  checkNames(unit, service.fullName, methods);
  const names = new Set(methods.map(({ name }) => name));
  for (const method of node.body)
    if (method.kind === 'method')
      for (const type of [method.input, method.output])
        if (type !== undefined && names.has(type.text))
          report(
            unit,
            type,
            `\`${type.text}\` means the method here, not the message. Write its full name, with a dot in front.`,
          );
}
