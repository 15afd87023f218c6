/**
 * A git hook. It reviews each pushed branch against the remote's state of that branch, else against the default branch. Only a critical
 * finding stops the push. If the program is missing, the hook says so and lets the push through.
 */
export const PRE_PUSH = `#!/bin/sh
# Written by \`backend-dev init --pre-push\`. To push without it: git push --no-verify
if [ -x node_modules/.bin/backend-dev ]; then review=node_modules/.bin/backend-dev
elif command -v backend-dev >/dev/null 2>&1; then review=backend-dev
else echo 'backend-dev is not installed, so nothing was reviewed' >&2; exit 0
fi
while read -r _ head _ base; do
  case $head in *[!0]*) ;; *) continue ;; esac
  git cat-file -e "$base^{commit}" 2>/dev/null || base=
  "$review" review --quiet --no-model --fail-on critical --head "$head" \${base:+--base "$base"} </dev/null
  if [ $? -eq 1 ]; then
    echo 'Not pushed: the review above has a critical finding. To push all the same: git push --no-verify' >&2
    exit 1
  fi
done
exit 0
`;
