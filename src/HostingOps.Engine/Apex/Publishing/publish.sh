# Given above as well: expected expected_undo wanted patience, and the functions write_candidate test_candidate test_live reload.
tries=0
until flock -n 9; do
  tries=$((tries + 1))
  if [ "$tries" -gt 5 ]; then say fail busy; return 0; fi
  sleep 1
done

state=before
scratch=

put_back() {
  trap '' HUP INT TERM
  say step rollback
  if ! as_owner test -e "$undo"; then say rollback failed; return 1; fi
  if as_owner test -s "$undo"; then
    copy "$undo" "$candidate" && as_owner mv -f "$candidate" "$path"
  else
    as_owner rm -f "$path"
  fi || { say rollback failed; return 1; }
  case $state in
    reloaded) run reload || { say rollback unloaded; return 1; } ;;
    # What could not be loaded was not taken up, as a rule; another try brings back what the first may have ended.
    unloaded) run reload || : ;;
  esac
  as_owner rm -f "$undo"
  say rollback done
}

leave() {
  trap '' HUP INT TERM
  trap - EXIT
  case $state in swapped | unloaded | reloaded) put_back ;; esac
  as_owner rm -f "$candidate" "$undo.tmp"
  if [ -n "$scratch" ]; then rm -rf "$scratch"; fi
  say end
  exit 0
}

run() {
  "$@" > "$scratch/out" 2>&1 < /dev/null 9<&-
  code=$?
  tail -n 40 "$scratch/out" | cut -c 1-1000 | sed "s/^/$mark out /"
  return "$code"
}

trap leave EXIT
trap 'exit 143' HUP INT TERM
scratch=$(mktemp -d) || { say fail scratch; exit; }

if [ "$(digest_or_absent "$path")" != "$expected" ] || [ "$(digest_or_absent "$undo")" != "$expected_undo" ]; then
  say fail changed
  exit
fi

if [ "$expected_undo" != absent ]; then
  # An earlier publish was cut off so hard that it could not put its former file back.
  say step mend
  state=reloaded
  put_back || { state=before; say fail mend; exit; }
  state=before
  trap 'exit 143' HUP INT TERM
fi

say step upload
if as_owner test -e "$path"; then had=yes; else had=no; fi
if [ "$had" = yes ]; then copy "$path" "$candidate" || { say fail upload; exit; }; fi
write_candidate || { say fail upload; exit; }
if [ "$(digest "$candidate")" != "$wanted" ]; then say fail upload; exit; fi
sync "$candidate" 2> /dev/null

say step test
cat > "$scratch/nginx.conf" << 'hostingops_nginx'
pid nginx.pid;
error_log stderr;
events { worker_connections 64; }
http {
    access_log off;
    client_body_temp_path t1;
    proxy_temp_path t2;
    fastcgi_temp_path t3;
    uwsgi_temp_path t4;
    scgi_temp_path t5;
    include candidate.conf;
}
hostingops_nginx
as_owner cat "$candidate" > "$scratch/candidate.conf"
run test_candidate || { say fail candidate; exit; }

say step swap
if [ "$had" = yes ]; then copy "$path" "$undo.tmp"; else as_owner cp /dev/null "$undo.tmp"; fi || { say fail swap; exit; }
as_owner mv -f "$undo.tmp" "$undo" || { say fail swap; exit; }
state=swapped
as_owner mv -f "$candidate" "$path" || { say fail swap; exit; }
run test_live || { say fail live; exit; }

say step reload
state=unloaded
run reload || { say fail reload; exit; }
state=reloaded

# Whoever sent this looks now, and says whether it stays. No word, a lost connection or a long silence means no.
say step verify
# The watch ends with the scratch folder, never by a signal: a shell that is killed as it is forked runs the traps of its parent.
(while [ "$patience" -gt 0 ] && [ -d "$scratch" ]; do sleep 1; patience=$((patience - 1)); done
[ -d "$scratch" ] && kill -TERM $$) > /dev/null 2>&1 9<&- &
verdict=
read -r verdict || :
if [ "$verdict" != "$mark keep" ]; then say fail verify; exit; fi

# It stays. Nothing may end this before that is said, least of all the watch whose time runs out in this moment.
trap '' HUP INT TERM
state=kept
if [ "$had" = yes ]; then as_owner mv -f "$undo" "$former"; else as_owner rm -f "$undo"; fi || { say fail keep; exit; }
say kept "$had" "$former"
