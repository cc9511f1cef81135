import { type Fault, InjectedFault } from './handler.js';

export const fault: Fault = crashed();

function crashed(): never {
  throw new InjectedFault('A drill lets this version fail while it starts.');
}
