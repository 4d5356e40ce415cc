/** How a finding says that its repair must touch a test, in the one line that `--finding` takes. */
export const WITH_TEST = '(repair it with a test)';

/** The words of a finding, without the demand. */
export const withoutDemand = (actual: string): string => actual.replace(WITH_TEST, '').trim();
