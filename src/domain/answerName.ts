/** The name and version of a command's answer: `cxw/ticket-new@1`. */
export const answerName = (command: string): string => `cxw/${command.replaceAll(' ', '-')}@1`;
