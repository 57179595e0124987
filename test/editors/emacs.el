;;; Run by emacs.test.ts, behind the lines of docs/editors.md: works on a policy as a person with eglot would, and prints what the editor got, as JSON.
;; Environment: POLICY, the file.
;; A batch run has no init file, which would make installed packages known.
(package-initialize)
(require 'eglot)
(require 'json)

(defconst patience 60)

(defun until (holds)
  "Let the editor work until HOLDS gives something, or patience ends."
  (with-timeout (patience nil)
    (while (not (funcall holds)) (accept-process-output nil 0.05))))

(defun messages () (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun named (name)
  (seq-some (lambda (message) (string-search name message)) (messages)))

(defun after (text)
  (goto-char (point-min))
  (search-forward text))

(find-file (getenv "POLICY"))
;; A batch run has no commands, after which eglot would connect by itself.
(run-hooks 'post-command-hook)
(until #'eglot-current-server)
;; Those about tools come when the server's list is there.
(until (lambda () (named "wirte_file")))

(defun replace-by (text)
  "Put TEXT in the place of what was found last, as typing does."
  (replace-match text t t)
  (eglot--signal-textDocument/didChange))

(let* ((before (messages))
       (hover (progn (after "\"write_f")
                     (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
       (mended (progn (after "\"wirte_file")
                      (replace-by "\"list_allowed_directories")
                      (until (lambda () (not (named "wirte_file"))))
                      (messages)))
       ;; Between empty quotes: eglot of this age compares with the word at the cursor, and a path has several.
       (completion (progn (after "\"path\": \"args.path")
                          (replace-by "\"path\": \"")
                          (all-completions "" (nth 2 (eglot-completion-at-point))))))
  (princ (json-encode `((diagnostics . ,(vconcat before))
                        (mended . ,(vconcat mended))
                        (hover . ,(plist-get (plist-get hover :contents) :value))
                        (completion . ,(vconcat (mapcar #'substring-no-properties completion)))))))
(ignore-errors (eglot-shutdown (eglot-current-server)))
