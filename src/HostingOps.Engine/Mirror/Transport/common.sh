# Runs on the host that serves mirrors, in the account that ssh logs in to. What it is given is set above: mark site id.
trap '' PIPE
LC_ALL=C PATH="$PATH:/usr/sbin:/sbin:/usr/local/sbin"
export LC_ALL PATH
umask 022
incoming="$site/generations/.incoming-$id"

say() { printf '%s %s\n' "$mark" "$*" 2> /dev/null || :; }

name_of_current() {
  link=$(readlink "$site/current" 2> /dev/null) && printf '%s' "${link##*/}"
}

# The lock is on the folder itself, and the kernel's: whoever dies gives it back.
lock() {
  exec 9< "$site"
  tries=0
  until flock -n 9; do
    tries=$((tries + 1))
    if [ "$tries" -gt 20 ]; then return 1; fi
    sleep 1
  done
}
