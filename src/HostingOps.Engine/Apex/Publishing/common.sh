# Runs on the redirector, in the user's account. What it is given is set above: mark path sudo.
trap '' PIPE
LC_ALL=C PATH="$PATH:/usr/sbin:/sbin:/usr/local/sbin"
export LC_ALL PATH
umask 022

say() { printf '%s %s\n' "$mark" "$*" 2> /dev/null || :; }

as_owner() {
  if [ -n "$as" ]; then sudo -n "$@"; else "$@"; fi
}

# GNU's cp keeps SELinux's context and the other attributes too; others know the basic ones.
copy() { as_owner cp --preserve=all "$1" "$2" 2> /dev/null || as_owner cp -p "$1" "$2"; }

digest() { as_owner cat "$1" | sha256sum | cut -d ' ' -f 1; }

digest_or_absent() {
  if as_owner test -e "$1"; then digest "$1"; else echo absent; fi
}

# A link stays a link: what it leads to is replaced.
if [ -L "$path" ]; then
  link=$path
  path=$(readlink -f "$link")
  if [ -z "$path" ]; then say fail link "$link"; return 0; fi
fi
dir=$(dirname "$path")
base=$(basename "$path")

# Hidden, so that neither "include *.conf" nor "include *" takes them.
candidate="$dir/.$base.hostingops-new"
undo="$dir/.$base.hostingops-undo"
former="$dir/.$base.hostingops-former"

if ! [ -d "$dir" ] || ! [ -r "$dir" ]; then say fail folder "$dir"; return 0; fi
if [ -d "$path" ]; then say fail isfolder "$path"; return 0; fi
as=
if ! [ -w "$dir" ]; then
  if [ "$sudo" = yes ] && sudo -n true < /dev/null > /dev/null 2>&1; then as=sudo; else say fail unwritable "$dir"; return 0; fi
fi
# What cannot be read can neither be judged nor put back.
for file in "$path" "$undo"; do
  if as_owner test -e "$file" && ! as_owner test -r "$file"; then say fail unreadable "$file"; return 0; fi
done
for program in flock sha256sum base64 mktemp readlink; do
  command -v "$program" > /dev/null 2>&1 || { say fail program "$program"; return 0; }
done

# The lock is on the folder itself, and the kernel's: whoever dies gives it back.
exec 9< "$dir"
