type Question = (...args: unknown[]) => Promise<unknown>;

/** A part of the world that answers with promises only: nobody notices that it was opened late. */
type Patient<P> = { [K in keyof P]: P[K] extends (...args: never[]) => Promise<unknown> ? P[K] : never };

/** A part of the world that is opened, and its code loaded, when it is first asked for something. */
export function onFirstUse<P extends Patient<P>>(open: () => Promise<P>): P {
  let opened: Promise<P> | undefined;
  const late = (name: keyof P): Question => async (...args) => {
    const part = await (opened ??= open());
    return (part[name] as Question)(...args);
  };
  return new Proxy({} as P, { get: (_, name) => late(name as keyof P) });
}
