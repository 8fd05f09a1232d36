namespace HostingOps.Sandbox.Apex;

/// <summary>
/// What somebody who logs in to an instance finds there: its /etc/nginx lies in the instance's folder, and nginx, systemctl and sudo
/// are the instance's. A configuration that is tested or loaded gets the instance's own ports and certificates first.
/// </summary>
/// <param name="prefix">The instance's nginx.</param>
/// <param name="nginx">nginx's full path.</param>
/// <param name="fileName">The configuration's file in /etc/nginx/conf.d.</param>
/// <param name="certificates">The folder of the names' certificates.</param>
internal sealed class InstanceShell(NginxPrefix prefix, string nginx, string fileName, string certificates)
{
    private const string Etc = "etc/nginx/conf.d";

    /// <summary>The instance's folder.</summary>
    public string Folder => prefix.Folder;

    private string Bin => Path.Combine(Folder, "ssh", "bin");

    /// <summary>The configuration as it lies on the instance.</summary>
    public string ConfigFile => Path.Combine(Folder, Etc, fileName);

    /// <summary>Writes it all.</summary>
    /// <returns>What runs at a login.</returns>
    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Bin);
        var (rehearse, next) = (Path.Combine(Folder, "ssh", "rehearse.sed"), Path.Combine(Folder, "next"));
        Directory.CreateDirectory(next);
        await File.WriteAllTextAsync(
            rehearse,
            $$"""
            s#^ *listen [0-9.]* ssl;$#    listen {{prefix.Https}} ssl;#
            s#^ *listen [0-9.]*;$#    listen {{prefix.Http}};#
            /^ *listen \[/d
            /^map \$ssl_server_name /,/^}/s#^ *\([A-Za-z0-9._-]*\) "[^"]*";$#    \1 "{{certificates}}/\1";#

            """.ReplaceLineEndings("\n"),
            cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(Folder, "next.conf"), prefix.MainText("next"), cancellationToken).ConfigureAwait(false);
        var take = $"if [ -e '{ConfigFile}' ]; then sed -f '{rehearse}' '{ConfigFile}'; fi > '{next}/hostingops-apex.conf' || exit 1";
        await ProgramAsync(Path.Combine(Bin, "sudo"), "while [ \"$1\" = -n ]; do shift; done\nexec \"$@\"", cancellationToken).ConfigureAwait(false);
        await ProgramAsync(
            Path.Combine(Bin, "nginx"),
            $$"""
            case "$*" in
              "-t") {{take}}
                exec '{{nginx}}' -t -p '{{Folder}}/' -c '{{Folder}}/next.conf' ;;
              "-t -p "*)
                sed -f '{{rehearse}}' "$3/candidate.conf" > "$3/rehearsed.conf" && mv "$3/rehearsed.conf" "$3/candidate.conf" || exit 1
                exec '{{nginx}}' "$@" ;;
            esac
            echo "nginx: this rehearsal does not know: $*" >&2
            exit 1
            """,
            cancellationToken).ConfigureAwait(false);
        await ProgramAsync(
            Path.Combine(Bin, "systemctl"),
            $$"""
            if [ "$*" != "reload nginx" ]; then echo "systemctl: this rehearsal does not know: $*" >&2; exit 1; fi
            {{take}}
            mv '{{next}}/hostingops-apex.conf' '{{Folder}}/conf.d/hostingops-apex.conf' || exit 1
            exec '{{nginx}}' -s reload -p '{{Folder}}/' -c '{{prefix.MainFile}}'
            """,
            cancellationToken).ConfigureAwait(false);
        var login = Path.Combine(Folder, "ssh", "login");
        await ProgramAsync(
            login,
            $"PATH='{Bin}':\"$PATH\"\nexport PATH\nsed -u \"s#^path='/{Etc}/#path='{Folder}/{Etc}/#\" | sh -s",
            cancellationToken).ConfigureAwait(false);
        return login;
    }

    private static async Task ProgramAsync(string file, string body, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(file, "#!/bin/sh\n" + body.ReplaceLineEndings("\n") + "\n", cancellationToken).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
