import { describe, expect, it } from 'vitest';
import { stateFolderOf } from '../../../client/src/gateway/installed.ts';

const at = (workspace: string): string => {
  const storageUri = { fsPath: `/user/workspaceStorage/${workspace}/portcullis.portcullis` };
  return stateFolderOf({ storageUri, globalStorageUri: { fsPath: '/user/globalStorage' } } as never);
};

describe('the state folder', () => {
  it.each(['5f2cb7f0a9', '5f2cb7f0a9-1', '5f2cb7f0a9-9'])('is one for all windows of a workspace (%s)', (window) => {
    expect(at(window)).toBe('/user/workspaceStorage/5f2cb7f0a9/portcullis.portcullis');
  });

  it.each(['-5f2cb7f0a9', '-5', '1795387072627'])('leaves the id of a workspace as it is (%s)', (id) => {
    expect(at(id)).toBe(`/user/workspaceStorage/${id}/portcullis.portcullis`);
  });
});
