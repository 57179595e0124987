-- Run by neovim.test.ts: works on a policy as a person with Neovim would, and prints what the editor got, as JSON.
-- Environment: POLICY, the file; FOLDER, the workspace.
local PATIENCE = 60000

vim.cmd('edit ' .. vim.env.POLICY)
local client = vim.lsp.start_client({
  name = 'portcullis',
  cmd = { 'portcullis', 'lsp', '--stdio' },
  root_dir = vim.env.FOLDER,
  init_options = { trusted = true },
  workspace_folders = { { uri = vim.uri_from_fname(vim.env.FOLDER), name = 'work' } },
})
vim.lsp.buf_attach_client(0, client)

local function at(text)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then vim.api.nvim_win_set_cursor(0, { row, column + #text - 1 }) return end
  end
end

local function ask(method, text)
  at(text)
  local answers = vim.lsp.buf_request_sync(0, method, vim.lsp.util.make_position_params(), PATIENCE) or {}
  for _, answer in pairs(answers) do return answer.result end
end

local function messages()
  return vim.tbl_map(function(found) return found.message end, vim.diagnostic.get(0))
end

-- Neovim of this age takes pushed diagnostics; those about tools come when the server's list is there.
vim.wait(PATIENCE, function()
  return #vim.tbl_filter(function(message) return message:find('wirte_file', 1, true) end, messages()) > 0
end, 50)

local hover = ask('textDocument/hover', '"write_f')
local completion = ask('textDocument/completion', '"path": "args.')
local before = messages()

-- A change, as typing makes it: the misspelt name is mended, and its finding goes.
at('"wirt')
vim.cmd([[%s/wirte_file/list_directory/]])
vim.wait(PATIENCE, function()
  return #vim.tbl_filter(function(message) return message:find('wirte_file', 1, true) end, messages()) == 0
end, 50)

io.stdout:write(vim.json.encode({
  diagnostics = before,
  mended = messages(),
  hover = hover and hover.contents.value or '',
  completion = vim.tbl_map(function(item) return item.label end, completion and completion.items or {}),
}) .. '\n')
vim.lsp.stop_client(client)
vim.cmd('qall!')
