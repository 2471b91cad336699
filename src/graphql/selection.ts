import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A selected field: its name in the schema, the key it is answered under, its nodes. */
export interface SelectedField {
  readonly name: string;
  readonly key: string;
  readonly nodes: readonly FieldNode[];
}

/** What decides which fields are selected. */
export type SelectionScope = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>;

/**
 * The fields selected below some nodes of one field, with fragments and `@include`/`@skip` resolved; fields of
 * one key are merged. Types below are concrete, so every fragment that validation let through applies.
 */
export function fieldsOf(
  scope: SelectionScope,
  nodes: readonly Pick<FieldNode, 'selectionSet'>[],
): readonly SelectedField[] {
  const byKey = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const node of nodes) if (node.selectionSet) collect(scope, node.selectionSet, byKey, visited);
  return [...byKey].map(([key, found]) => ({ key, name: found[0]!.name.value, nodes: found }));
}

/** The fields selected below those of a name, whatever they are answered under. */
export function fieldsBelow(
  scope: SelectionScope,
  fields: readonly SelectedField[],
  name: string,
): readonly SelectedField[] {
  return fields.filter((field) => field.name === name).flatMap(({ nodes }) => fieldsOf(scope, nodes));
}

function collect(
  scope: SelectionScope,
  set: SelectionSetNode,
  byKey: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const node of set.selections) {
    if (!isIncluded(scope, node)) continue;
    if (node.kind === 'Field') {
      const key = node.alias?.value ?? node.name.value;
      const known = byKey.get(key);
      if (known) known.push(node);
      else byKey.set(key, [node]);
    } else if (node.kind === 'InlineFragment') collect(scope, node.selectionSet, byKey, visited);
    else if (!visited.has(node.name.value)) {
      visited.add(node.name.value);
      collect(scope, scope.fragments[node.name.value]!.selectionSet, byKey, visited);
    }
  }
}

function isIncluded({ variableValues }: SelectionScope, node: SelectionNode): boolean {
  if (node.directives?.length === 0) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.if !== true && include?.if !== false;
}

/** A selected field with the values of its arguments, and what is selected below it. */
export interface SelectedBranch {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly args: Readonly<Record<string, unknown>>;
  below(): readonly SelectedBranch[];
}

/** What is selected below the field that is being resolved, `__typename` left out. */
export function branchesOf(info: GraphQLResolveInfo): readonly SelectedBranch[] {
  return branches(info, info.returnType, info.fieldNodes, pathOf(info));
}

function branches(
  info: GraphQLResolveInfo,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  path: readonly (string | number)[],
): readonly SelectedBranch[] {
  const parent: GraphQLNamedType = getNamedType(type);
  if (!isObjectType(parent)) return [];
  return fieldsOf(info, nodes).flatMap((field) => {
    const definition = parent.getFields()[field.name];
    if (!definition) return [];
    const at = [...path, field.key];
    return {
      name: field.name,
      path: at,
      args: getArgumentValues(definition, field.nodes[0]!, info.variableValues),
      below: () => branches(info, definition.type, field.nodes, at),
    };
  });
}

/** The path of a field that is being resolved, as error paths write it. */
export function pathOf(info: GraphQLResolveInfo): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: GraphQLResolveInfo['path'] | undefined = info.path; at; at = at.prev) path.unshift(at.key);
  return path;
}
