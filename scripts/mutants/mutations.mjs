// The ways in which one place of a source can be made wrong.
import ts from 'typescript';

const OPERATORS = {
  '===': ['!=='], '!==': ['==='], '<': ['<='], '<=': ['<'], '>': ['>='], '>=': ['>'],
  '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '&&': ['||'], '||': ['&&'], '??': ['&&'], '+=': ['-='],
};
/** Calls that have an opposite. */
const OPPOSITES = { some: 'every', every: 'some', startsWith: 'endsWith', endsWith: 'startsWith', max: 'min', min: 'max' };
/** Calls without which there still is a value of the same kind. */
const DISPENSABLE = new Set(['filter', 'sort', 'toSorted', 'reverse', 'slice', 'trim', 'trimEnd', 'trimStart', 'replace', 'replaceAll', 'toLowerCase', 'concat', 'padStart']);

/** Every mutation of a source: where it is, what stood there, what stands there instead, and the whole text with it. */
export function mutationsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const replace = (node, now) => replaceSpan(node.getStart(source), node.getEnd(), now);
  const replaceSpan = (from, to, now) => {
    const { line, character } = source.getLineAndCharacterOfPosition(from);
    const was = text.slice(from, to);
    if (was !== now) found.push({ line: line + 1, column: character + 1, was, now, text: text.slice(0, from) + now + text.slice(to) });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node) || isMessageOfBug(node)) return;
    mutate(node, replace, replaceSpan, source);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function mutate(node, replace, replaceSpan, source) {
  const textOf = (some) => some.getText(source);
  if (ts.isBinaryExpression(node)) for (const now of OPERATORS[textOf(node.operatorToken)] ?? []) replace(node.operatorToken, now);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) replace(node, textOf(node.operand));
  if (ts.isConditionalExpression(node)) {
    replace(node.condition, 'true');
    replace(node.condition, 'false');
  }
  if (ts.isIfStatement(node)) {
    replace(node.expression, 'true');
    replace(node.expression, 'false');
  }
  if (ts.isWhileStatement(node)) replace(node.expression, 'false');
  if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
  if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
  if (ts.isNumericLiteral(node)) replace(node, String(Number(node.text) + 1));
  if (isText(node)) replace(node, node.text === '' ? "'mutant'" : "''");
  if (ts.isTemplateExpression(node)) replace(node, '``');
  if (ts.isRegularExpressionLiteral(node)) for (const now of looserPatterns(textOf(node))) replace(node, now);
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) replace(node, '[]');
  if (ts.isObjectLiteralExpression(node) && node.properties.length > 0) replace(node, '{}');
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) replace(node.questionDotToken, '.');
  if (ts.isExpressionStatement(node)) replace(node, ';');
  if (ts.isBlock(node) && node.statements.length > 0 && ts.isFunctionLike(node.parent)) replace(node, '{}');
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) replace(node.body, 'undefined');
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (OPPOSITES[name.text] !== undefined) replace(name, OPPOSITES[name.text]);
    if (DISPENSABLE.has(name.text)) replaceSpan(expression.getEnd(), node.getEnd(), '');
  }
}

const isText = (node) => ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);

/** What an error says that only a bug of ours can show. */
const isMessageOfBug = (node) => ts.isThrowStatement(node) && node.expression !== undefined && ts.isNewExpression(node.expression) && node.expression.expression.getText() === 'Error';

function looserPatterns(pattern) {
  const end = pattern.lastIndexOf('/');
  const [body, flags] = [pattern.slice(1, end), pattern.slice(end + 1)];
  const looser = [];
  if (body.startsWith('^')) looser.push(body.slice(1));
  // After `.*` the end comes by itself.
  if (body.endsWith('$') && !/(\\|\.\*\)?)\$$/.test(body)) looser.push(body.slice(0, -1));
  for (const { index } of body.matchAll(/(?<!\\)\+/g)) looser.push(`${body.slice(0, index)}${body.slice(index + 1)}`);
  return [...looser.filter((now) => now !== '').map((now) => `/${now}/${flags}`), ...[...flags].map((flag) => `/${body}/${flags.replace(flag, '')}`)];
}
