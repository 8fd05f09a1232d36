for program in rsync sha256sum flock readlink find mktemp timeout; do
  command -v "$program" > /dev/null 2>&1 || { say fail program "$program"; return 0; }
done
mkdir -p "$site/generations" 2> /dev/null
for dir in "$site" "$site/generations"; do
  if ! [ -d "$dir" ] || ! [ -w "$dir" ]; then say fail unwritable "$dir"; return 0; fi
done
lock || { say fail busy; return 0; }
current=$(name_of_current)
say current "$current"
say loaded "$(cat "$site/.loaded" 2> /dev/null)"
if [ "$current" = "$id" ]; then
  say same "$(sha256sum < "$site/current/manifest.jsonl" 2> /dev/null | cut -d ' ' -f 1)"
elif [ -d "$site/generations/$id" ]; then
  # It was not made current, or is so no longer: it is looked through like one that comes anew.
  mv "$site/generations/$id" "$incoming" || { say fail unwritable "$site/generations"; return 0; }
fi
if [ -d "$incoming" ]; then say resumed; fi
say done
