# Given above as well: count keep patience, and the functions write_list reload.
lock || { say fail busy; return 0; }
scratch=$(mktemp -d) || { say fail scratch; return 0; }
# It ends with the shell that begot it, however that dies, and never by a signal: what is killed as it is forked runs its parent's traps.
(while sleep 10 && kill -0 $$ 2> /dev/null; do say alive; done) 9<&- &
trap 'rm -rf "$scratch"' EXIT
trap 'exit 143' HUP INT TERM
point() { ln -sfn "generations/$1" "$site/.current-new" && mv -fT "$site/.current-new" "$site/current"; }

former=$(name_of_current)
if [ "$former" = "$id" ]; then
  # All but the reload was done, and then something broke.
  cd "$site" || { say fail gone; exit; }
  trap '' HUP INT TERM
else
  cd "$incoming" 2> /dev/null || { say fail gone; exit; }
  say step verify
  # On a full disk a part of the list would verify a part of the files.
  write_list > "$scratch/list" || { say fail scratch; exit; }
  strange=$(find . ! -type d ! -type f | head -n 1)
  if [ -n "$strange" ]; then say fail strange "$strange"; exit; fi
  there=$(find . -type f | wc -l)
  if [ "$there" -ne "$count" ]; then say fail count "$there"; exit; fi
  if ! sha256sum -c "$scratch/list" > "$scratch/out" 2>&1; then
    say fail digest "$(grep -v ': OK$' "$scratch/out" | head -n 3 | tr '\n' ' ')"
    exit
  fi
  if command -v restorecon > /dev/null 2>&1; then restorecon -R . > /dev/null 2>&1; fi
  # Of this file system alone: another that hangs is nobody's business here.
  sync -f . 2> /dev/null || sync

  # From here on it goes to its end, whoever listens.
  trap '' HUP INT TERM
  say step switch
  cd "$site" || { say fail switch; exit; }
  mv -T "$incoming" "$site/generations/$id" || { say fail switch; exit; }
  if ! point "$id"; then
    mv -T "$site/generations/$id" "$incoming"
    say fail switch
    exit
  fi
fi

say step reload
if ! reload > "$scratch/out" 2>&1 < /dev/null 9<&-; then
  tail -n 20 "$scratch/out" | cut -c 1-1000 | sed "s/^/$mark out /"
  # The server goes on with what it has, and so must whoever starts it anew.
  if [ "$former" != "$id" ] && if [ -n "$former" ]; then point "$former"; else rm -f "$site/current"; fi; then
    mv -T "$site/generations/$id" "$incoming"
    say fail reload
  else
    say fail unloaded
  fi
  exit
fi
printf '%s\n' "$id" > "$site/.loaded"

say step prune
at=0
for other in $(ls -1 generations | grep -vxF "$id" | sort -r); do
  at=$((at + 1))
  if [ "$at" -gt "$keep" ] && [ "$other" != "$former" ] && rm -rf "generations/$other"; then say pruned "$other"; fi
done
for other in generations/.incoming-*; do
  # One that is newer may be on its way.
  oldest=$(printf '%s\n' "$other" "generations/.incoming-$id" | sort | head -n 1)
  if [ -d "$other" ] && [ "$oldest" = "$other" ]; then rm -rf "$other"; fi
done
say end
