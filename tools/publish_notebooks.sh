#!/usr/bin/env bash
# Pushes the notebooks of a built site as the branch `notebooks`: one commit, no history. Those that an earlier
# course had under other names are there under these, too.
# Usage: publish_notebooks.sh SITE.tar REMOTE
set -euo pipefail

archive=$(realpath "$1")
remote=$2
here=$(cd "$(dirname "$0")/.." && pwd)
branch=$(mktemp -d)

tar --extract --file "$archive" --directory "$branch" --strip-components=2 ./notebooks
python3 "$here/tools/old_names.py" "$branch"
cp -r "$here/.binder" "$branch/"
cd "$branch"
git init --quiet --initial-branch=notebooks
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git add --all
git commit --quiet --message "Publish the notebooks of ${GITHUB_SHA:-this build}"
git push --quiet --force "$remote" notebooks
