/** The first circle among things that wait for others: `A B A`. Nothing when there is none. */
export function firstCycle(waitsFor: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const settled = new Set<string>();
  for (const start of waitsFor.keys()) {
    const found = cycleFrom(start, waitsFor, settled);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Without recursion: a chain may be longer than the stack is deep. */
function cycleFrom(start: string, waitsFor: ReadonlyMap<string, readonly string[]>, settled: Set<string>): string[] | undefined {
  const way: { name: string; rest: string[] }[] = [];
  const enter = (name: string): void => { way.push({ name, rest: [...(waitsFor.get(name) ?? [])] }); };
  const onWay = new Set<string>();
  if (!settled.has(start)) { enter(start); onWay.add(start); }
  for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
    const next = last.rest.shift();
    if (next === undefined) {
      settled.add(last.name);
      onWay.delete(last.name);
      way.pop();
    } else if (onWay.has(next)) {
      const names = way.map(({ name }) => name);
      return [...names.slice(names.indexOf(next)), next];
    } else if (!settled.has(next)) {
      enter(next);
      onWay.add(next);
    }
  }
  return undefined;
}
