/**
 * Milliseconds since 1970 as the machine's clock had it when this process started, and from then on as they pass. For whatever
 * is measured or waited for: a clock that is set, by NTP, by a person or after a suspended machine, does not move it.
 */
export function readSteadyClock(): number {
  return performance.timeOrigin + performance.now();
}
