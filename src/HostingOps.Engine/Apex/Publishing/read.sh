give() {
  if ! as_owner test -e "$2"; then say "$1" absent; return 0; fi
  size=$(as_owner cat "$2" | wc -c)
  if [ "$size" -gt "$limit" ]; then say fail large "$2"; return 0; fi
  say "$1" begin
  as_owner cat "$2" | base64
  say "$1" end
}

if flock -n -s 9; then say lock free; else say lock held; fi
say real "$path"
give file "$path"
give undo "$undo"
say done
