import type { ServiceDescriptor } from '../../descriptor.ts';
import type { Unit } from '../unit.ts';
import { checkNames } from './names.ts';
import { checkStyle } from './style.ts';

export function checkService(unit: Unit, service: ServiceDescriptor): void {
  checkStyle(unit, service, 'service', service.features);
  for (const method of service.methods) checkStyle(unit, method, 'method', method.features);
  const methods = service.methods.map(({ name, nameSpan }) => ({ name, span: nameSpan, global: false }));
  checkNames(unit, service.fullName, methods);
}
