/** Declarations as they are written in the source, without their bodies. */

import type { ClassElement, Node, VariableDeclaration } from "typescript/unstable/ast";
import * as is from "typescript/unstable/ast/is";
import type { Project } from "typescript/unstable/sync";

/** The source from one position to another. */
const textBetween = (node: Node, from: number, to: number): string => node.getSourceFile().text.slice(from, to).trim();

/** Lines moved to the left by as much as the last one, a closing bracket, is indented. */
const dedent = (text: string): string => {
  const indent = /^ */.exec(text.slice(text.lastIndexOf("\n") + 1))![0];
  return text.includes("\n") ? text.replaceAll(`\n${indent}`, "\n") : text;
};

const returnTypeOf = (node: Node, { checker }: Project): string =>
  checker.typeToString(checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(node)!)!);

const ofVariable = (node: VariableDeclaration, project: Project): string => {
  const { checker } = project;
  const { initializer, type } = node;
  const name = node.name.getText();
  if (type) return `const ${name}: ${type.getText()}`;
  if (initializer && is.isArrowFunction(initializer)) {
    const head = textBetween(node, initializer.getStart(), initializer.equalsGreaterThanToken.getStart());
    const plain = `${name}${head.replace(/^async /, "")}`;
    return initializer.type ? plain : `${plain}: ${returnTypeOf(initializer, project)}`;
  }
  if (initializer && is.isCallExpression(initializer)) {
    return `const ${name}: ${checker.typeToString(checker.getTypeAtLocation(node.name)!)}`;
  }
  return `const ${name} = ${initializer?.getText()}`;
};

/** The signature of an exported declaration. */
export const signatureOf = (node: Node, project: Project): string => {
  if (is.isVariableDeclaration(node)) return ofVariable(node, project);
  if (is.isFunctionDeclaration(node)) {
    const head = textBetween(node, node.name!.getStart(), node.body!.getStart());
    return node.type ? head : `${head}: ${returnTypeOf(node, project)}`;
  }
  if (is.isClassDeclaration(node)) {
    const brace = node.getSourceFile().text.indexOf("{", node.name!.end);
    return textBetween(node, node.getStart(), brace).replace(/^export /, "");
  }
  return node.getText().replace(/^export /, "");
};

/** The signature of a member of a class, without `async`, body and first value; a type that is not written is inferred. */
export const memberSignatureOf = (member: ClassElement, className: string, { checker }: Project): string => {
  const { body, initializer } = member as { readonly body?: Node; readonly initializer?: Node };
  const end = body?.getStart() ?? initializer?.getStart() ?? member.end;
  const text = dedent(textBetween(member, member.getStart(), end)).replace(/\s*[=;]$/, "");
  if (is.isPropertyDeclaration(member) && !member.type) {
    return `${text}: ${checker.typeToString(checker.getTypeAtLocation(member.name)!)}`;
  }
  return text.replace(/^((?:static )?)async /, "$1").replace(/^constructor/, `new ${className}`);
};
