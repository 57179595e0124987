/** Items of the Test Explorer: a file, and below it its cases by their index. */
import type * as vscode from 'vscode';

/** Brings the items below a file up to date; those that stay keep their results. */
export function caseItems(
  controller: vscode.TestController,
  file: vscode.TestItem,
  cases: readonly { readonly name: string; readonly range: vscode.Range }[],
): void {
  const items = cases.map(({ name, range }, index) => {
    const id = caseId(file, index);
    const item = file.children.get(id) ?? controller.createTestItem(id, name, file.uri);
    item.label = name;
    item.range = range;
    // The Test Explorer keeps the order of the file: cases build on one another.
    item.sortText = String(index).padStart(6, '0');
    return item;
  });
  file.children.replace(items);
}

export function caseId(file: vscode.TestItem, index: number): string {
  return `${file.id}#${index}`;
}

export function filesOf(controller: vscode.TestController): readonly vscode.TestItem[] {
  return childrenOf(controller.items);
}

export function childrenOf(items: vscode.TestItemCollection): readonly vscode.TestItem[] {
  return [...items].map(([, item]) => item);
}
